"""What jcmd and strace print, and what is read in it; and what counts as the same answer."""
import unittest

from sidebyside import probes, same
from sidebyside.cases import Case

THREADS = '''\
"main" #1 prio=5 os_prio=0 cpu=141.50ms elapsed=2.18s allocated=3635K defined_classes=41 tid=0x00007f2808018070 \
nid=0x115d runnable  [0x00007f28103fe000]
   java.lang.Thread.State: RUNNABLE

"worker 1" #15 prio=5 os_prio=0 cpu=1.50ms elapsed=2.18s allocated=1.5M defined_classes=1 tid=0x00007f2808018071 \
nid=0x1170 runnable  [0x00007f28103fe000]
"C1 CompilerThread0" #8 daemon prio=9 os_prio=0 cpu=157.64ms elapsed=5.52s allocated=4760B tid=0x00007f280805df40 \
nid=0x1165 waiting on condition
'''

STRACE = '''\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 77.37    0.830762        2401       346        21 futex
  3.35    0.035963           5      6763           sendto
  0.00    0.000000           0         2           rt_sigreturn
------ ----------- ----------- --------- --------- ----------------
100.00    1.073763          24      7111        21 total
'''


class ProbesTest(unittest.TestCase):
    def test_the_threads_of_the_loops_are_found_with_what_they_allocated(self):
        self.assertEqual([(0x115D, 3635 * 1024), (0x1170, 1.5 * 2**20)], probes.threads(THREADS))

    def test_what_two_loads_differ_by_is_the_requests_own(self):
        # 1,000 bytes for connections each time, and 8 a request.
        found = probes.per_request([5000, 5000 + 1000 + 800, 6800 + 1000 + 8000], [100, 1000])
        self.assertAlmostEqual(8.0, found["bytes"])
        self.assertAlmostEqual(2048 / 900, found["exact_to"])

    def test_a_longer_load_without_more_requests_says_nothing(self):
        with self.assertRaises(probes.ProbeError):
            probes.per_request([0, 1, 2], [100, 100])

    def test_calls_are_counted_with_and_without_errors(self):
        self.assertEqual({"futex": 346, "sendto": 6763, "rt_sigreturn": 2}, probes.parse_strace(STRACE))


class SameTest(unittest.TestCase):
    PAGE = Case("x", "x", "/", status=404, same="status")

    def answer(self, content, status=404):
        return same.Answer(status, "", [], content)

    def test_another_status_is_a_difference(self):
        wrong = same.difference(self.PAGE, self.answer(b""), self.answer(b"", 200), twins=False)
        self.assertEqual("answers 200 instead of 404", wrong)

    def test_twins_may_differ_by_their_names_only(self):
        ours, theirs = self.answer(b"<p>pollux/0.1.0</p>"), self.answer(b"<p>nginx/1.22.1</p>")
        self.assertIsNone(same.difference(self.PAGE, ours, theirs, twins=True))
        wrong = same.difference(self.PAGE, ours, self.answer(b"<p>nginx</p>"), twins=True)
        self.assertEqual("answers other content (12 bytes, Pollux 19)", wrong)

    def test_a_page_of_a_peer_s_own_is_its_own_affair_where_only_the_status_counts(self):
        self.assertIsNone(same.difference(self.PAGE, self.answer(b"a"), self.answer(b"b"), twins=False))

    def test_elsewhere_every_byte_counts(self):
        case = Case("x", "x", "/")
        wrong = same.difference(case, self.answer(b"a", 200), self.answer(b"b", 200), twins=False)
        self.assertIn("other content", wrong)

    def test_a_field_is_found_in_any_case(self):
        answer = same.Answer(200, "OK", [("Date", "x"), ("ETag", '"a"'), ("etag", '"b"')], b"")
        self.assertEqual('"a"', answer.field("etag"))
        self.assertEqual("", answer.field("location"))


if __name__ == "__main__":
    unittest.main()

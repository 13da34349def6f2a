"""What wrk prints, and what is read in it."""
import unittest

from sidebyside import wrk

GOOD = """\
Running 3s test @ http://127.0.0.1:8080/1k.bin
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   512.50us    1.20ms  40.00ms   98.10%
    Req/Sec   120.33k     4.21k  127.90k    70.00%
  Latency Distribution
     50%  498.00us
     75%    1.25ms
     90%    7.00ms
     99%    1.10s
  361005 requests in 3.00s, 440.00MB read
Requests/sec: 120335.12
Transfer/sec:    146.50MB
"""


class WrkTest(unittest.TestCase):
    def test_rate_requests_and_transfer_are_read(self):
        load = wrk.parse(GOOD)
        self.assertEqual((120335.12, 361005, 146.5 * 2**20), (load.rate, load.requests, load.bytes_per_second))
        self.assertEqual((0, 0), (load.errors, load.refused))

    def test_latencies_are_microseconds_whatever_their_unit(self):
        self.assertEqual({50.0: 498.0, 75.0: 1250.0, 90.0: 7000.0, 99.0: 1100000.0}, wrk.parse(GOOD).latency)

    def test_errors_and_refusals_are_counted(self):
        more = "  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 77\n"
        load = wrk.parse(GOOD.replace("Requests/sec", more + "Requests/sec"))
        self.assertEqual((4321, 77), (load.errors, load.refused))

    def test_gigabytes_and_bytes_are_sizes(self):
        self.assertEqual(1.5 * 2**30, wrk.parse(GOOD.replace("146.50MB", "1.50GB")).bytes_per_second)
        self.assertEqual(12.0, wrk.parse(GOOD.replace("146.50MB", "12.00B")).bytes_per_second)

    def test_output_without_a_result_is_an_error_that_says_what_was_printed(self):
        with self.assertRaisesRegex(wrk.WrkError, "unable to connect"):
            wrk.parse("unable to connect to 127.0.0.1:1 Connection refused\n")

    def test_the_script_has_the_depth_it_is_given(self):
        script = wrk.PIPELINE.format(depth=16)
        self.assertIn("for i = 1, 16 do", script)
        self.assertIn("local requests = {}", script)


if __name__ == "__main__":
    unittest.main()

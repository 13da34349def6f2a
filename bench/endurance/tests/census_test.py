"""What jcmd and the kernel say of memory, and when a series is flat."""
import unittest

from endurance import census

MIB = 2**20

HEAP = """\
4242:
 def new generation   total 4928K, used 312K [0x00000000fc000000, 0x00000000fc550000, 0x00000000fd550000)
  eden space 4416K,   5% used [0x00000000fc000000, 0x00000000fc03e000, 0x00000000fc450000)
 tenured generation   total 10944K, used 6144K [0x00000000fd550000, 0x00000000fe000000, 0x0000000100000000)
   the space 10944K,  56% used [0x00000000fd550000, 0x00000000fdb50000, 0x00000000fdb50000, 0x00000000fe000000)
 Metaspace       used 12000K, committed 12288K, reserved 1114112K
"""

SMAPS = """\
fc000000-fc550000 rw-p 00000000 00:00 0
Rss:                5440 kB
Anonymous:          5440 kB
7f0000000000-7f0000100000 rw-p 00000000 00:00 0 [heap]
Rss:                 900 kB
Anonymous:           700 kB
7f0000200000-7f0000300000 r-xp 00000000 08:01 42 /usr/lib/libc.so
Rss:                1024 kB
Anonymous:             0 kB
"""


class CensusTest(unittest.TestCase):
    def test_the_heap_is_what_both_generations_use(self):
        self.assertEqual(((312 + 6144) * 1024, 0xFC000000, 0x100000000), census.live_heap(HEAP))

    def test_an_unknown_listing_is_no_heap_of_nothing(self):
        with self.assertRaises(ValueError):
            census.live_heap("4242:\nCommand executed successfully\n")

    def test_memory_outside_is_anonymous_and_not_in_the_heap(self):
        self.assertEqual(700 * 1024, census.outside(SMAPS, 0xFC000000, 0x100000000))

    def test_a_series_that_wavers_is_flat(self):
        self.assertEqual(0, census.grown([90 * MIB, 100 * MIB, 101 * MIB, 99 * MIB] * 5, MIB))

    def test_a_series_that_rises_has_grown(self):
        rising = [(100 + i) * MIB for i in range(40)]
        # From 115 MiB, the middle of the second quarter, to 135, less a tenth and the slack.
        self.assertEqual(20 * MIB - 115 * MIB // 10 - MIB, census.grown(rising, MIB))

    def test_a_few_samples_say_nothing(self):
        self.assertEqual(0, census.grown([1, 2, 3], 0))


if __name__ == "__main__":
    unittest.main()

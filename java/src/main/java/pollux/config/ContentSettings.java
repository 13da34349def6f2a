package pollux.config;

import java.util.List;

/**
 * What is done with the content of requests besides passing it on.
 *
 * @param kept whether a copy stays in memory, up to {@code client_body_buffer_size}: something asks for
 *     {@code $request_body}
 * @param inFile whether the content that a program is to get is written to a file with a name first
 * @param levels how many digits of the file's number name each folder on the way to it, the outermost first
 */
public record ContentSettings(boolean kept, InFile inFile, List<Integer> levels) {
    /** {@code client_body_in_file_only}. */
    public enum InFile {
        /** No. */
        OFF,
        /** Yes, and it goes with the request. */
        CLEAN,
        /** Yes, and it stays. */
        ON
    }

    /**
     * Where a file of a number lies below {@code client_body_temp_path}: {@code 3/12/0000000123} for levels 1 and 2.
     */
    public String place(long number) {
        String digits = String.format("%010d", number);
        StringBuilder place = new StringBuilder();
        int end = digits.length();
        for (int i = 0; i < levels.size(); i++) {
            int begin = Math.max(0, end - levels.get(i));
            place.append(digits, begin, end).append('/');
            end = begin;
        }
        return place.append(digits).toString();
    }
}

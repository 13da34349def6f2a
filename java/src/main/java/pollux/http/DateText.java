package pollux.http;

/** The last date that was rendered, kept because the next one is most often of the same second. */
public final class DateText {
    private final byte[] text = new byte[HttpDate.LENGTH];
    private long second = -1;

    /**
     * A date as {@link HttpDate#format} has it.
     *
     * @param epochSecond between 1970 and 9999
     * @return {@link HttpDate#LENGTH} bytes, overwritten by the next call
     */
    public byte[] at(long epochSecond) {
        if (epochSecond != second) {
            HttpDate.render(epochSecond, text);
            second = epochSecond;
        }
        return text;
    }
}

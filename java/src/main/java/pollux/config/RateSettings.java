package pollux.config;

/**
 * How fast answers go: {@code limit_rate} and {@code limit_rate_after}, each a size that may hold variables.
 *
 * @param rate bytes a second; 0, or what is no size once rendered, for no bound
 * @param after how many bytes go as fast as they can before that; what is no size counts for none
 */
public record RateSettings(Template rate, Template after) {
    /** Far above any network, and small enough to be multiplied with. */
    private static final long MOST = 1L << 40;

    /** Bytes a second for a request; 0 for no bound. */
    public long bytesPerSecond(Variables variables) {
        return bytes(rate, variables);
    }

    /** How many bytes of a request's answer go before. */
    public long bytesBefore(Variables variables) {
        return bytes(after, variables);
    }

    private static long bytes(Template size, Variables variables) {
        return Math.min(MOST, Math.max(0, Values.size(size.render(variables))));
    }
}

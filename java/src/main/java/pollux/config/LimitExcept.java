package pollux.config;

import java.util.Set;

/**
 * A {@code limit_except}: requests by other methods than those left open find another location in the place of theirs, with
 * what stands in the block.
 *
 * @param open the methods left open, HEAD among them where GET is
 * @param others the location for all other methods
 */
public record LimitExcept(Set<String> open, Location others) {}

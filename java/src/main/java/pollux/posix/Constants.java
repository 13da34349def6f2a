package pollux.posix;

import pollux.buffer.IoBuffer;

/** The numbers behind names of the system's headers, asked of C once: no number is written down twice. */
final class Constants {
    private Constants() {}

    /**
     * Looks a constant up.
     *
     * @param name as in the header, {@code O_CREAT}
     * @throws IllegalArgumentException when this system has no such constant
     */
    static int of(String name) {
        int value = orElse(name, Integer.MIN_VALUE);
        if (value == Integer.MIN_VALUE) {
            throw new IllegalArgumentException("this system has no " + name);
        }
        return value;
    }

    /** As {@link #of}, but answers {@code otherwise} where the system has no such constant. */
    static int orElse(String name, int otherwise) {
        IoBuffer memory = Scratch.memory();
        int value = LibPollux.px_constant(Scratch.string(memory, name));
        return value == Integer.MIN_VALUE ? otherwise : value;
    }
}

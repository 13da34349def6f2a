package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The content of a response: pieces of memory and of one file in order, or a stream that is still being made. */
public sealed interface Content {
    /** No content: a length of 0. */
    Content NONE = new Pieces(null, List.of());

    /** The length in bytes, or -1 when it is not known before the end. */
    long length();

    /** One piece of content. */
    sealed interface Piece {
        /** The length in bytes. */
        long length();
    }

    /**
     * Bytes in memory.
     *
     * @param bytes never changed after this
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never copied
    record Memory(byte[] bytes) implements Piece {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    /**
     * A piece of the content's file.
     *
     * @param offset where it begins
     * @param length in bytes
     */
    record Slice(long offset, long length) implements Piece {}

    /**
     * Content whose length is known.
     *
     * @param file the open file that slices refer to, or {@code null}; whoever holds the content holds the file
     * @param pieces in order
     */
    record Pieces(OpenFile file, List<Piece> pieces) implements Content {
        @Override
        public long length() {
            long sum = 0;
            for (int i = 0; i < pieces.size(); i++) {
                sum += pieces.get(i).length();
            }
            return sum;
        }
    }

    /**
     * Bytes that come out of a program as it makes them.
     *
     * @param length what the program announced, or -1
     */
    record Stream(long length) implements Content {}

    /**
     * Content of a known length as one chunk, the last one and a trailer section behind it (RFC 9112 section 7.1).
     *
     * @param content its file is the new content's
     * @param trailers field lines, each with its end
     */
    static Pieces chunked(Pieces content, String trailers) {
        List<Piece> pieces = new ArrayList<>(content.pieces().size() + 2);
        long length = content.length();
        if (length > 0) {
            pieces.add(memory(Long.toHexString(length) + "\r\n"));
            pieces.addAll(content.pieces());
        }
        pieces.add(memory((length > 0 ? "\r\n" : "") + "0\r\n" + trailers + "\r\n"));
        return new Pieces(content.file(), List.copyOf(pieces));
    }

    private static Memory memory(String text) {
        return new Memory(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Content in memory. */
    static Pieces of(byte[] bytes) {
        return new Pieces(null, List.of(new Memory(bytes)));
    }

    /** A whole file of a known size; the content takes over one hold on it. */
    static Pieces of(OpenFile file, long size) {
        return new Pieces(file, List.of(new Slice(0, size)));
    }
}

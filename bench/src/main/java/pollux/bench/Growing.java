package pollux.bench;

import pollux.buffer.IoBuffer;
import pollux.http.ByteRange;
import pollux.http.ChunkedDecoder;
import pollux.http.Method;
import pollux.http.MultipartParser;
import pollux.http.PartHead;
import pollux.http.RequestHead;
import pollux.http.RequestParser;
import pollux.http.RequestTarget;
import pollux.posix.OffHeap;

/**
 * Inputs of any size that would be dear if somewhere a byte were looked at again for each byte that follows: each says how
 * its text grows and what reads it. The bounds of the server are taken away, so that growth can be seen.
 */
public enum Growing {
    /** A head of many short field lines. */
    FIELDS(Reader.HEAD) {
        @Override
        String text(int size) {
            return "GET / HTTP/1.1\r\n" + fill("X-A: b\r\n", size - 18) + "\r\n";
        }
    },
    /** A head in which every line is one that the server looks for. */
    KNOWN_FIELDS(Reader.HEAD) {
        @Override
        String text(int size) {
            return "GET / HTTP/1.1\r\n" + fill("Connection: a, ,b\r\n", size - 18) + "\r\n";
        }
    },
    /** A head with one long name. */
    NAME(Reader.HEAD) {
        @Override
        String text(int size) {
            return "GET / HTTP/1.1\r\n" + fill("n", size - 23) + ": v\r\n\r\n";
        }
    },
    /** A head with one long value, blanks at its end. */
    VALUE(Reader.HEAD) {
        @Override
        String text(int size) {
            return "GET / HTTP/1.1\r\nX: " + fill("v ", size - 23) + "\r\n\r\n";
        }
    },
    /** A head with a long target. */
    TARGET(Reader.HEAD) {
        @Override
        String text(int size) {
            return "GET /" + fill("a/../", size - 18) + " HTTP/1.1\r\n\r\n";
        }
    },
    /** A path that goes down and up again. */
    DOTS(Reader.PATH) {
        @Override
        String text(int size) {
            return "/" + fill("a/b/../..//./", size - 1);
        }
    },
    /** A path that goes down a long way first. */
    DEEP_DOTS(Reader.PATH) {
        @Override
        String text(int size) {
            int depth = size / 5;
            return "/" + fill("a/", depth * 2) + fill("../", depth * 3);
        }
    },
    /** A path of nothing but escapes. */
    ESCAPES(Reader.PATH) {
        @Override
        String text(int size) {
            return "/" + fill("%41", size - 1);
        }
    },
    /** Chunks of one byte. */
    SMALL_CHUNKS(Reader.CHUNKS) {
        @Override
        String text(int size) {
            return fill("1\r\nx\r\n", size - 5) + "0\r\n\r\n";
        }
    },
    /** One chunk. */
    ONE_CHUNK(Reader.CHUNKS) {
        @Override
        String text(int size) {
            String content = fill("x", size - 16);
            return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n0\r\n\r\n";
        }
    },
    /** A form whose content keeps beginning a delimiter. */
    NEAR_DELIMITERS(Reader.FORM) {
        @Override
        String text(int size) {
            return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
                    + fill("\r\n--" + BOUNDARY.substring(1), size - 150) + "\r\n--" + BOUNDARY + "--\r\n";
        }
    },
    /** A field that asks for very many ranges. */
    RANGES(Reader.RANGE) {
        @Override
        String text(int size) {
            return "bytes=0-0" + fill(",1-1", size - 9);
        }
    };

    private static final String BOUNDARY = "-".repeat(60) + "b";
    private static final int UNBOUNDED = 1 << 28;
    private static final RequestParser.Limits NO_LIMITS =
            new RequestParser.Limits(UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** What reads a text: the answer is positive when it was taken for what it is. */
    private enum Reader {
        HEAD,
        PATH,
        CHUNKS,
        FORM,
        RANGE
    }

    private final Reader reader;

    Growing(Reader reader) {
        this.reader = reader;
    }

    /** A text of about this many bytes. */
    abstract String text(int size);

    /** Whether it can come in pieces: what is inside a head is read when the head is there. */
    boolean comesInPieces() {
        return reader == Reader.HEAD || reader == Reader.CHUNKS || reader == Reader.FORM;
    }

    /**
     * Reads the buffer's bytes.
     *
     * @param piece how many more bytes there are each time
     * @return whether the text was taken for what it is
     */
    boolean read(IoBuffer bytes, int piece) {
        return switch (reader) {
            case HEAD -> head(bytes, piece);
            case PATH ->
                new RequestTarget(true, new RequestTarget.Memory()).parse(bytes, 0, bytes.capacity(), Method.GET) == 0;
            case CHUNKS -> chunks(bytes, piece);
            case FORM -> form(bytes, piece);
            case RANGE -> ranges(bytes);
        };
    }

    private static boolean head(IoBuffer bytes, int piece) {
        RequestParser parser = new RequestParser(NO_LIMITS);
        RequestHead head = new RequestHead();
        int answer = RequestParser.NEED_MORE;
        for (int end = piece; answer == RequestParser.NEED_MORE && end <= bytes.capacity(); end += piece) {
            bytes.region(0, end);
            answer = parser.parse(bytes, head);
        }
        return answer == RequestParser.COMPLETE;
    }

    private static boolean chunks(IoBuffer bytes, int piece) {
        ChunkedDecoder decoder = new ChunkedDecoder();
        int answer = ChunkedDecoder.NEED_MORE;
        bytes.clear();
        while (answer >= 0 && answer != ChunkedDecoder.DONE) {
            if (answer == ChunkedDecoder.NEED_MORE) {
                bytes.extend(piece);
            }
            answer = decoder.step(bytes);
        }
        return answer == ChunkedDecoder.DONE;
    }

    private static boolean form(IoBuffer bytes, int piece) {
        IoBuffer scratch = OffHeap.SOURCE.allocate(256);
        MultipartParser parser = new MultipartParser(BOUNDARY, scratch, 1);
        for (int at = 0; at < bytes.capacity(); at += piece) {
            parser.feed(bytes, at, piece, Discard.SINK);
        }
        scratch.release();
        return parser.isComplete();
    }

    private static boolean ranges(IoBuffer bytes) {
        String value = bytes.string(0, bytes.capacity());
        return ByteRange.parse(value, UNBOUNDED, UNBOUNDED).kind() == ByteRange.Kind.RANGES;
    }

    private enum Discard implements MultipartParser.Sink {
        SINK;

        @Override
        public int part(PartHead head) {
            return 0;
        }

        @Override
        public int data(IoBuffer buffer, int offset, int length) {
            return 0;
        }

        @Override
        public int endPart() {
            return 0;
        }
    }

    private static String fill(String piece, int size) {
        return Heads.repeat(piece, size / piece.length());
    }
}

package pollux.handler;

import pollux.http.Method;

/**
 * {@code empty_gif}: a picture of one transparent pixel, whatever is asked for. GIF89a: header, screen of 1 by 1 with a table
 * of two colours, the extension that makes the second of them transparent, and the pixel, compressed.
 */
public final class EmptyGifHandler implements Handler {
    /** When nginx says it was made: Mon, 28 Sep 1970 06:00:00 GMT. */
    private static final long MADE_SECONDS = 23_349_600;

    private static final int[] GIF = {
        'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, // width and height
        0x80, 1, 0, // a table of 2 colours; the background is colour 1; no aspect ratio
        0, 0, 0, 0xff, 0xff, 0xff, // black and white
        0x21, 0xf9, 4, 1, 0, 0, 1, 0, // graphic control: transparency, no delay, colour 1
        0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, // the image: at 0, 0, of 1 by 1, no table of its own
        2, 2, 0x4c, 1, 0, // codes of 3 bits from the lowest on: clear (4), colour 1, end (5)
        0x3b
    };
    private static final Content PICTURE = Content.of(bytes());

    private static byte[] bytes() {
        byte[] bytes = new byte[GIF.length];
        for (int i = 0; i < GIF.length; i++) {
            bytes[i] = (byte) GIF[i];
        }
        return bytes;
    }

    @Override
    public int handle(Request request, Response response) {
        if (request.method() != Method.GET && request.method() != Method.HEAD) {
            return AllowedMethods.refuseForFile(request, response);
        }
        response.status(200).contentType("image/gif");
        response.lastModified(MADE_SECONDS);
        response.content(PICTURE);
        return DONE;
    }
}

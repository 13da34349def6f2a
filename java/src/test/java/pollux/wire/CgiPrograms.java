package pollux.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The CGI programs among the tests' resources, put into a site. */
public final class CgiPrograms {
    private CgiPrograms() {}

    /** Puts programs into a folder of a site, executable, under their own names. */
    public static void install(Site site, String folder, String... names) {
        for (String name : names) {
            try (InputStream program = CgiPrograms.class.getResourceAsStream("/cgi/" + name)) {
                if (program == null) {
                    throw new AssertionError("there is no program " + name);
                }
                String path = folder + "/" + name;
                site.file(path, program.readAllBytes()).permissions(path, "rwxr-xr-x");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

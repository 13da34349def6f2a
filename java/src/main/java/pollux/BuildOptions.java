package pollux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pollux.config.DirectiveTable;

/**
 * What {@code -V} says behind {@code configure arguments:}, in the form of nginx's configure script, because that is what
 * tools look for: paths, and a {@code --with} or {@code --without} for each of nginx's HTTP modules. A module is there when
 * its first directive is.
 */
final class BuildOptions {
    /** Modules that nginx leaves out unless it is told to build them, and a directive of each. */
    private static final Map<String, String> OPTIONAL = Map.ofEntries(
            Map.entry("addition", "add_before_body"),
            Map.entry("auth_request", "auth_request"),
            Map.entry("dav", "dav_methods"),
            Map.entry("flv", "flv"),
            Map.entry("gunzip", "gunzip"),
            Map.entry("gzip_static", "gzip_static"),
            Map.entry("mp4", "mp4"),
            Map.entry("random_index", "random_index"),
            Map.entry("realip", "set_real_ip_from"),
            Map.entry("secure_link", "secure_link"),
            Map.entry("slice", "slice"),
            Map.entry("ssl", "ssl_certificate"),
            Map.entry("stub_status", "stub_status"),
            Map.entry("sub", "sub_filter"),
            Map.entry("v2", "http2"),
            Map.entry("v3", "http3"));

    /** Modules that nginx builds unless it is told not to, and a directive of each. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("access", "allow"),
            Map.entry("auth_basic", "auth_basic"),
            Map.entry("autoindex", "autoindex"),
            Map.entry("browser", "ancient_browser"),
            Map.entry("charset", "charset_map"),
            Map.entry("empty_gif", "empty_gif"),
            Map.entry("fastcgi", "fastcgi_pass"),
            Map.entry("geo", "geo"),
            Map.entry("grpc", "grpc_pass"),
            Map.entry("gzip", "gzip_static"),
            Map.entry("limit_conn", "limit_conn"),
            Map.entry("limit_req", "limit_req"),
            Map.entry("map", "map"),
            Map.entry("memcached", "memcached_pass"),
            Map.entry("mirror", "mirror"),
            Map.entry("proxy", "proxy_pass"),
            Map.entry("referer", "valid_referers"),
            Map.entry("rewrite", "rewrite"),
            Map.entry("scgi", "scgi_pass"),
            Map.entry("split_clients", "split_clients"),
            Map.entry("ssi", "ssi"),
            Map.entry("userid", "userid"),
            Map.entry("uwsgi", "uwsgi_pass"));

    private BuildOptions() {}

    /** One line of words that begin with two hyphens. */
    static String of(String home, String configuration) {
        Set<String> there = DirectiveTable.entries().stream()
                .map(DirectiveTable.Entry::name)
                .collect(Collectors.toSet());
        List<String> words = new ArrayList<>(List.of(
                "--prefix=" + home,
                "--sbin-path=" + home + "/pollux",
                "--conf-path=" + home + "/" + configuration,
                "--error-log-path=logs/error.log",
                "--http-log-path=logs/access.log",
                "--pid-path=logs/pollux.pid"));
        new TreeMap<>(OPTIONAL).forEach((module, directive) -> {
            if (there.contains(directive)) {
                words.add("--with-http_" + module + "_module");
            }
        });
        new TreeMap<>(USUAL).forEach((module, directive) -> {
            if (!there.contains(directive)) {
                words.add("--without-http_" + module + "_module");
            }
        });
        return String.join(" ", words);
    }
}

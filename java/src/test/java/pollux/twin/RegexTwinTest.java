package pollux.twin;

import java.util.ArrayList;
import java.util.List;

/** Expressions in PCRE's syntax, some of which Java's cannot have: what they match, and what they capture. */
class RegexTwinTest extends TwinTable {
    /** An expression and paths to try it on. */
    private static final String[][] TRIED = {
        {"^/(a+)(?:b|c)$", "/aab", "/aad"},
        {"(?<one>x)(?'two'y)?(?P<three_3>z)", "/xyz", "/xz", "/x"},
        {"(?<n>[a-c])-\\k<n>\\k'n'\\k{n}\\g{n}(?P=n)", "/a-aaaaa", "/a-aaaab"},
        {"([a-z])([0-9])\\2\\g1\\g{-1}", "/a11a1", "/a12a1"},
        {"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10x", "/abcdefghijjx", "/abcdefghijax"},
        {"(a)\\11x", "/a%09x", "/aa1x"},
        {"(a)(?:\\1)1", "/aa1", "/a%091"},
        {"/x\\x2e\\x{2D}\\o{56}\\056\\x2", "/x.-..%02", "/x.-.."},
        {"/\\Qa.b*\\E+$", "/a.b**", "/aab"},
        {"/a\\Eb", "/ab", "/aEb"},
        {"/a(?#comment (here)b", "/ab", "/a"},
        {"(?x) / a  b # comment (\n c", "/abc", "/a b c"},
        {"(?i)/a(?-i)B", "/AB", "/Ab"},
        {"/(?i:a)b", "/Ab", "/AB"},
        {"\\bcat\\b", "/cat", "/concat", "/%e9cat", "/cat%e9"},
        {"\\Bat", "/cat", "/-at", "/%e9at"},
        {"/\\w+$", "/caf%e9", "/cafe"},
        {"/[\\b]", "/%08", "/b"},
        {"/[[:upper:][:digit:]]+$", "/A1", "/a1"},
        {"/[^[:^alpha:]]$", "/a", "/1"},
        {"/[][]$", "/[", "/]", "/x"},
        {"/[^]a]$", "/]", "/b"},
        {"/[a&&b]$", "/&", "/a"},
        {"/[a-c-e]$", "/-", "/d", "/e"},
        {"/[+--]$", "/,", "/.", "/%2b"},
        {"/[\\x41-\\x43]$", "/B", "/b"},
        {"/[\\Qa-c\\E]$", "/-", "/b"},
        {"/[x #]$", "/%20", "/%23", "/y"},
        {"(?x)/[x #]$", "/%20", "/%23", "/y"},
        {"/\\h\\H$", "/%09a", "/aa"},
        {"/\\v", "/%0b", "/v"},
        {"/\\Rx", "/%0d%0ax", "/%0ax", "/x"},
        {"/\\N$", "/x", "/%0a"},
        {"/a{2}b{,3}c{1,2}?$", "/aab{,3}cc", "/aabc"},
        {"/a{x}{2}", "/a{x}}", "/aa"},
        {"/(a++)a?$", "/aaa", "/b"},
        {"/(?>a+)b", "/aab", "/aaa"},
        {"/(?=a)a(?!b)(?<=a)(?<!x)$", "/a", "/ab"},
        {"/\\cI$", "/%09", "/I"},
        {"/\\e\\a\\f$", "/%1b%07%0c", "/ea"},
        {"/\\p{Lu}\\P{Lu}\\pL$", "/Aab", "/aab"},
        {"^/a$", "/a", "/a%0a", "/a%0d%0a"},
        {"/a\\Z", "/a%0a", "/ab"},
        {"/a\\z", "/a", "/a%0a"},
        {"/a.b$", "/a%0db", "/a%0ab", "/a%85b"},
        {"(?s)/a.b", "/a%0ab", "/ab"},
        {"(?m)^b$", "/a%0ab", "/ab"},
        {"/\\S+\\s$", "/a%0b", "/ab"},
    };

    @Override
    String configuration() {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < TRIED.length; i++) {
            servers.append("server { listen 127.0.0.1:@port@; server_name h").append(i);
            servers.append("; location / { return 404; } ");
            servers.append("location ~ \"").append(TRIED[i][0]);
            servers.append("\" { return 200 \"[$1] [$2] [$3]\"; } }\n");
        }
        return servers.toString();
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < TRIED.length; i++) {
            for (String path : List.of(TRIED[i]).subList(1, TRIED[i].length)) {
                rows.add(Row.host("h" + i, path));
            }
        }
        return rows;
    }
}

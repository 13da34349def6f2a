package pollux.config;

/**
 * A location, or the level of a server block itself, with all its settings resolved.
 *
 * @param kind how its pattern is compared
 * @param pattern the path, prefix, expression source, or name with its {@code @}; {@code /} for a server block itself
 * @param regex the compiled expression, or {@code null}
 * @param internal whether only internal redirects may come here (others get 404)
 * @param files how files are found and described
 * @param client how content is taken and connections are kept
 * @param methods what methods are allowed; {@code limit_except} is of this level alone, as in nginx
 * @param errors what is answered instead of an error
 * @param returns an answer given without looking further, or {@code null}
 * @param headers fields added to answers
 * @param cgi how programs are run
 * @param upload where POST content is saved
 * @param session whether visitors are remembered
 * @param logs where requests are logged
 * @param access who may come here; {@code null} for everybody
 * @param rate how fast answers go; {@code null} for as fast as they can
 * @param browsers what is done differently for old browsers
 * @param limitExcept what holds for some methods instead of this; {@code null} for nothing
 * @param nested locations inside this one
 */
public record Location(
        Kind kind,
        String pattern,
        Regex regex,
        boolean internal,
        FileSettings files,
        ClientSettings client,
        MethodSettings methods,
        ErrorSettings errors,
        ReturnSettings returns,
        HeaderSettings headers,
        CgiSettings cgi,
        UploadSettings upload,
        SessionSettings session,
        LogSettings logs,
        AccessSettings access,
        RateSettings rate,
        BrowserSettings browsers,
        LimitExcept limitExcept,
        Locations nested) {
    /** How a pattern is compared. */
    public enum Kind {
        /** The level of a server block itself. */
        SERVER,
        /** {@code location /path}. */
        PREFIX,
        /** {@code location ^~ /path}. */
        PREFIX_NO_REGEX,
        /** {@code location = /path}. */
        EXACT,
        /** {@code location ~ expression}. */
        REGEX,
        /** {@code location ~* expression}. */
        REGEX_NOCASE,
        /** {@code location @name}. */
        NAMED
    }
}

package pollux.config;

/**
 * What is done differently for old browsers.
 *
 * @param endsMsie6 whether a connection ends after a POST of an old Internet Explorer ({@code keepalive_disable msie6})
 * @param endsSafari whether it ends after any request of Safari on a Mac ({@code keepalive_disable safari})
 * @param padding whether error pages grow so long that Internet Explorer and Chrome show them ({@code msie_padding})
 * @param refresh whether Internet Explorer is redirected by a page ({@code msie_refresh})
 */
public record BrowserSettings(boolean endsMsie6, boolean endsSafari, boolean padding, boolean refresh) {}

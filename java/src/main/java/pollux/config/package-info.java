/**
 * nginx's configuration language, read into frozen records. Text in, {@link pollux.config.Config} out, errors in nginx's
 * own words; nothing is opened but configuration files. This room knows the JDK only.
 */
package pollux.config;

package pollux.config;

/**
 * One configuration file as it was read.
 *
 * @param name its name as shown in messages
 * @param content its bytes
 */
public record ConfFile(String name, String content) {}

package pollux.config;

import java.util.List;

/**
 * A whole configuration, frozen: what a reload swaps. Every list and map below it is unmodifiable.
 *
 * @param prefix the folder that relative paths were resolved against, ending in a slash, or empty
 * @param file the main configuration file as shown in messages
 * @param process what holds for the whole process
 * @param events what holds for each loop
 * @param sockets the sockets to listen on, each with the server blocks behind it
 * @param servers every server block in file order
 * @param files every file that was read, in order of first reading, for {@code -T}
 * @param warnings messages in nginx's words, without a level, for the error log at {@code warn}
 */
public record Config(
        String prefix,
        String file,
        ProcessSettings process,
        EventSettings events,
        List<ListenSocket> sockets,
        List<ServerBlock> servers,
        List<ConfFile> files,
        List<String> warnings) {}

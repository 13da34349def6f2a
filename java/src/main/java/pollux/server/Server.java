package pollux.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import pollux.config.ConfException;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.config.Listen;
import pollux.config.ListenSocket;
import pollux.config.LogSettings;
import pollux.config.LogSettings.Buffering;
import pollux.config.ProcessSettings;
import pollux.config.ServerBlock;
import pollux.handler.LeftOvers;
import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.posix.Users;

/**
 * The whole server: its workers, its signals, its process-wide files. The first worker runs on the thread that calls
 * {@link #run}; others have threads of their own. Signals as nginx's: TERM and INT stop at once, QUIT when requests under
 * way have ended, HUP reads the configuration again, USR1 opens the logs again, USR2 starts the program anew beside this one,
 * WINCH lets the workers retire.
 */
public final class Server {
    private static final List<Integer> CAUGHT =
            List.of(Signals.HUP, Signals.INT, Signals.TERM, Signals.QUIT, Signals.USR1, Signals.USR2, Signals.WINCH);
    private static final int FOLDER_MODE = 0700;
    private static final String SPAWN_PROPERTY = "pollux.spawn";

    private final ConfLoader.LoadRequest source;
    private final AtomicLong connections = new AtomicLong();
    private final Upgrade upgrade = new Upgrade(this);
    private final ListeningSockets sockets = new ListeningSockets(upgrade::othersListen);
    private final Sessions sessions = new Sessions();
    private final Workers workers = new Workers(this);
    private final Processes.How spawning =
            "fork".equals(System.getProperty(SPAWN_PROPERTY)) ? Processes.How.FORK : Processes.How.VFORK;
    private volatile Config config;
    private PidFile pidFile;

    /**
     * Makes a server that is not started.
     *
     * @param source where the configuration came from, for reading it again
     * @param config the configuration
     */
    public Server(ConfLoader.LoadRequest source, Config config) {
        this.source = source;
        this.config = config;
    }

    /**
     * Opens logs and sockets, catches signals, writes the pid file. When it returns, clients can connect.
     *
     * @throws PosixException when something that cannot be done without is refused; the message is for the user
     */
    public void start() {
        Signals.ignore(Signals.PIPE);
        checkLimits();
        workers.create(config);
        // From here on there are files to be removed, so no signal may end the process by itself.
        for (int signal : CAUGHT) {
            Signals.catchSignal(signal);
        }
        sweepStores();
        try {
            if (Inheritance.present() != null) {
                sockets.inherit(Inheritance.present().takeSockets());
            }
            workers.listen(config);
            sockets.dropInherited();
            pidFile = PidFile.write(config.process().pid());
            giveRightsAway();
        } catch (RuntimeException | Error refused) {
            sockets.close();
            if (pidFile != null) {
                pidFile.remove();
            }
            throw refused;
        }
        for (String warning : config.warnings()) {
            first().report(ErrorLog.Level.WARN, warning);
        }
        if (Processes.isRoot()) {
            first().report(
                            ErrorLog.Level.WARN,
                            "the server and its programs have the rights of the superuser: there is no \"user\" directive");
        }
        // No turn may end for a long time, and these lines are what somebody looks for who has just started it.
        first().logs().flush();
    }

    /** What uploads have left in their stores that the end of an earlier server cut off. */
    private void sweepStores() {
        Set<String> stores = new LinkedHashSet<>();
        for (ServerBlock server : config.servers()) {
            server.locations().forEach(location -> {
                if (location.upload().isActive()) {
                    stores.add(location.upload().store());
                }
            });
        }
        Users.Identity identity = identity();
        int owner = identity == null ? Users.own() : identity.uid();
        for (String store : stores) {
            LeftOvers.sweep(store, owner, first()::report, System.currentTimeMillis());
        }
    }

    /**
     * {@code user}: what must be had as the superuser has been opened, from here on everything is done as somebody else. The
     * logs are that user's then, so that they can be opened again.
     */
    private void giveRightsAway() {
        Users.Identity identity = identity();
        if (identity == null) {
            return;
        }
        for (String name : logFiles(config).keySet()) {
            if (!name.equals(LogFile.STDERR)) {
                Users.give(name, identity);
            }
        }
        for (String folder : temporaryFolders()) {
            Files.makeDirectory(folder, FOLDER_MODE);
            Users.give(folder, identity);
        }
        Users.become(identity);
    }

    /** Who this process will be, or {@code null} when it stays who it is. */
    private Users.Identity identity() {
        ProcessSettings process = config.process();
        if (process.user() == null || !Processes.isRoot()) {
            return null;
        }
        Users.Identity identity = Users.find(process.user(), process.group());
        if (identity == null) {
            throw new PosixException(Users.missing(process.user(), process.group()), Errno.ENOENT);
        }
        return identity;
    }

    private Set<String> temporaryFolders() {
        Set<String> folders = new LinkedHashSet<>();
        for (ServerBlock server : config.servers()) {
            folders.add(server.root().client().bodyTempPath());
            server.locations().forEach(location -> folders.add(location.client().bodyTempPath()));
        }
        return folders;
    }

    Worker first() {
        return workers.first();
    }

    private void checkLimits() {
        long limit = Processes.raiseDescriptorLimit();
        int wanted = config.events().connections();
        if (limit > 0 && wanted > limit) {
            System.err.println(
                    "pollux: [warn] " + wanted + " worker_connections exceed open file resource limit: " + limit);
        }
    }

    /** Every log whose path is known; one that cannot be opened is a reason not to go on with a configuration. */
    static void openLogs(Worker worker, Config config) {
        for (String name : logFiles(config).keySet()) {
            PosixException.check(worker.logs().open(name), "open() \"" + name + "\"");
        }
    }

    /** A configuration's logs and how each gathers lines, those left out that are made of variables. */
    static Map<String, Buffering> logFiles(Config config) {
        Map<String, Buffering> files = new LinkedHashMap<>();
        collectErrorLogs(config.process().errorLogs(), files);
        for (ServerBlock server : config.servers()) {
            collectLogs(server.root().logs(), files);
            server.locations().forEach(location -> collectLogs(location.logs(), files));
        }
        return files;
    }

    private static void collectErrorLogs(List<ErrorLog> logs, Map<String, Buffering> files) {
        for (ErrorLog log : logs) {
            if (log.syslog() == null) {
                files.putIfAbsent(Logs.name(log), Buffering.NONE);
            }
        }
    }

    private static void collectLogs(LogSettings logs, Map<String, Buffering> files) {
        collectErrorLogs(logs.errors(), files);
        for (LogSettings.AccessLog log : logs.access()) {
            if (log.path().isConstant() && log.syslog() == null) {
                // Where a file is named with a buffer and without one, all its lines go through the buffer.
                files.merge(log.path().source(), log.buffering(), (a, b) -> a.size() > 0 ? a : b);
            }
        }
    }

    /**
     * Serves until a signal stops it, then gives everything back.
     *
     * @return the exit status that is due
     */
    public int run() {
        try {
            return workers.run() ? 0 : 1;
        } finally {
            sessions.close(warning -> System.err.println("pollux: [warn] " + warning));
            sockets.close();
            pidFile.remove();
            upgrade.close();
        }
    }

    /** The addresses that clients can connect to, as configured. */
    public List<Listen> addresses() {
        List<Listen> addresses = new ArrayList<>();
        for (ListenSocket socket : config.sockets()) {
            addresses.add(socket.listen());
        }
        return addresses;
    }

    /**
     * Reads the configuration again; when it is refused, or a log, an address or the pid file cannot be had, the old one goes
     * on. On the first worker's thread: what that one could open, the others are asked to open too.
     */
    void reload() {
        try {
            Config next = ConfLoader.load(source);
            try {
                openLogs(first(), next);
                takeOver(next);
            } catch (RuntimeException | Error refused) {
                first().logs().retain(logFiles(config));
                throw refused;
            }
            next.warnings().forEach(warning -> first().report(ErrorLog.Level.WARN, warning));
            warnOfWhatStays(config.process(), next.process());
            config = next;
            // In the next turn: what was given up in this one is closed only when its lines have been written.
            first().submit(() -> first().report(ErrorLog.Level.NOTICE, "reconfigured"));
        } catch (ConfException refused) {
            refused.messages().forEach(message -> first().report(ErrorLog.Level.EMERG, message));
        } catch (PosixException | OutOfMemoryError refused) {
            first().report(ErrorLog.Level.EMERG, refused.getMessage());
        }
    }

    private void takeOver(Config next) {
        boolean moves = !next.process().pid().equals(config.process().pid());
        PidFile fresh = moves ? PidFile.write(next.process().pid()) : pidFile;
        try {
            workers.apply(next, config);
        } catch (RuntimeException | Error refused) {
            if (moves) {
                fresh.remove();
            }
            throw refused;
        }
        if (moves) {
            pidFile.remove();
            pidFile = fresh;
        }
    }

    /** What a running process cannot change: whoever changed it in the file must know. */
    private void warnOfWhatStays(ProcessSettings before, ProcessSettings after) {
        boolean sameUser = Objects.equals(after.user(), before.user()) && Objects.equals(after.group(), before.group());
        if (!sameUser) {
            first().report(
                            ErrorLog.Level.WARN,
                            "\"user\" is as it was until the next start: the rights to become somebody else were given away");
        }
    }

    /** A worker of the present configuration, the first, on nobody's thread yet. */
    Worker worker() {
        return Worker.create(this, 0, config);
    }

    /** HUP: whoever has retired serves again; without a new program beside it the configuration is read again. */
    void hangUp() {
        comeBack();
        if (upgrade.hasHeir()) {
            first().report(ErrorLog.Level.NOTICE, "the configuration is not read again while a new program runs");
        } else {
            reload();
        }
    }

    /** Workers that have retired serve again. */
    void comeBack() {
        workers.comeBack();
    }

    /** As in nginx, only a daemon retires at WINCH: the terminal of any other one sends it when its window changes. */
    boolean mayRetire() {
        return Daemon.isThis() || Inheritance.present() != null;
    }

    /** The exchange of the program. */
    Upgrade upgrade() {
        return upgrade;
    }

    /** The file that holds the process id. */
    PidFile pidFile() {
        return pidFile;
    }

    /** The present configuration. */
    Config config() {
        return config;
    }

    /** What the process listens on. */
    ListeningSockets sockets() {
        return sockets;
    }

    long nextConnection() {
        return connections.incrementAndGet();
    }

    /** The number given last. */
    long lastConnection() {
        return connections.get();
    }

    Sessions sessions() {
        return sessions;
    }

    Processes.How spawning() {
        return spawning;
    }
}

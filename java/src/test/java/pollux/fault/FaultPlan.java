package pollux.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What shall go wrong in a server, and what has: a file that both have mapped, laid out by {@code native/test/faults/faults.h}.
 * Calls have the names of {@code calls.def} there. What is told here holds from the next call on.
 */
final class FaultPlan {
    /** A fate: one byte is moved in place of many. Any other fate is the errno that the call fails with. */
    static final int ONE_BYTE = -1;

    /** Takes memory: what is made of one block after the other is spare for the next request. */
    static final String MALLOC = "malloc";

    /** The one call that is counted and never fails. */
    static final String FREE = "free";

    private static final VarHandle NUMBER =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    // struct faults_plan
    private static final long MAGIC = 0x706f6c6c;
    private static final int COUNT = 8;
    private static final int SEED = 16;
    private static final int LOADED = 24;
    private static final int ONLY = 32;
    private static final int CALLS = 48;
    private static final int ROOM = 128;

    // struct faults_call
    private static final int SIZE = 80;
    private static final int NAME = 16;
    private static final int MADE = 16;
    private static final int PLACE = 24;
    private static final int FATE = 32;
    private static final int EVERY = 40;
    private static final int LASTING = 48;
    private static final int FAILED = 56;
    private static final int INTERRUPTED = 64;
    private static final int SHORTENED = 72;

    private final ByteBuffer memory;

    private FaultPlan(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Makes a plan without faults; a library that is loaded with it writes the names of its calls there. */
    static FaultPlan create(Path file) {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new FaultPlan(channel.map(FileChannel.MapMode.READ_WRITE, 0, CALLS + ROOM * SIZE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@link #create(Path)} with names that a library has written elsewhere: for a server that is not started yet. */
    static FaultPlan create(Path file, List<String> names) {
        FaultPlan plan = create(file);
        for (int i = 0; i < names.size(); i++) {
            plan.memory.put(CALLS + i * SIZE, names.get(i).getBytes(StandardCharsets.US_ASCII));
        }
        plan.set(COUNT, names.size());
        plan.set(0, MAGIC);
        return plan;
    }

    private long get(int at) {
        return (long) NUMBER.getVolatile(memory, at);
    }

    private void set(int at, long value) {
        NUMBER.setVolatile(memory, at, value);
    }

    /** The names of all calls. */
    List<String> calls() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < get(COUNT); i++) {
            byte[] name = new byte[NAME];
            memory.get(CALLS + i * SIZE, name);
            names.add(new String(name, StandardCharsets.US_ASCII).replace("\0", ""));
        }
        if (names.isEmpty()) {
            throw new AssertionError("the server has not loaded the library with faults");
        }
        return names;
    }

    private int at(String call) {
        int index = calls().indexOf(call);
        if (index < 0) {
            throw new AssertionError("no call is named " + call);
        }
        return CALLS + index * SIZE;
    }

    /** How often a call was made since the plan exists. */
    long made(String call) {
        return get(at(call) + MADE);
    }

    /** How many blocks of memory are out: allocated and not given back since the plan exists. */
    long memory() {
        return made(MALLOC) - get(at(MALLOC) + FAILED) - made(FREE);
    }

    /** How many processes have loaded the library with this plan, one after the other. */
    long loaded() {
        return get(LOADED);
    }

    /** From now on the plan is for one process alone and its children: the {@code number}-th that has loaded it; 0: for all. */
    void only(long number) {
        set(ONLY, number);
    }

    /** The {@code place}-th such call from now on is hit, once. */
    void once(String call, int place, int fate) {
        int at = at(call);
        set(at + FATE, fate);
        set(at + PLACE, place);
    }

    /** Whether the call that {@link #once} named has not been made yet. */
    boolean isPending(String call) {
        return get(at(call) + PLACE) > 0;
    }

    /** From now on about every {@code every}-th such call is hit, chosen by the seed; each with 1. */
    void always(String call, int every, int fate) {
        int at = at(call);
        set(at + LASTING, fate);
        set(at + EVERY, every);
    }

    /** What {@link #always} chooses by. */
    void seed(long seed) {
        set(SEED, seed);
    }

    /** From now on nothing goes wrong. */
    void disarm() {
        for (String call : calls()) {
            int at = at(call);
            set(at + PLACE, 0);
            set(at + EVERY, 0);
        }
    }

    /** How many calls have failed so far with another errno than EINTR. */
    long failed() {
        return sum(FAILED);
    }

    /** How many calls were interrupted so far. */
    long interrupted() {
        return sum(INTERRUPTED);
    }

    /** How many calls have moved one byte so far in place of more. */
    long shortened() {
        return sum(SHORTENED);
    }

    private long sum(int field) {
        long sum = 0;
        for (int i = 0; i < get(COUNT); i++) {
            sum += get(CALLS + i * SIZE + field);
        }
        return sum;
    }

    /** The calls that something happened to, and how often. */
    Map<String, Long> hits() {
        Map<String, Long> hits = new TreeMap<>();
        for (String call : calls()) {
            int at = at(call);
            long count = get(at + FAILED) + get(at + INTERRUPTED) + get(at + SHORTENED);
            if (count > 0) {
                hits.put(call, count);
            }
        }
        return hits;
    }
}

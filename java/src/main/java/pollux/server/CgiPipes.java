package pollux.server;

import pollux.posix.Files;
import pollux.posix.Processes;
import pollux.posix.Processes.Pipe;

/**
 * The descriptors between the server and one program, made all or none: four pipes at most, or files in the place of
 * some. Whoever opened them closes the child's ends after the fork, and owns its own.
 */
final class CgiPipes {
    private static final int NONE = -1;
    private static final String NOTHING = "/dev/null";
    private static final int LOG_MODE = 0644;

    private int childInput = NONE;
    private int childOutput = NONE;
    private int childErrors = NONE;
    private int childStatus = NONE;
    private int input = NONE;
    private int output = NONE;
    private int errors = NONE;
    private int status = NONE;

    private CgiPipes() {}

    /**
     * Opens everything.
     *
     * @param inputFile the program's descriptor 0, owned by this from now on; -1 for none
     * @param piped whether its input comes through a pipe
     * @param errorFile a file for its descriptor 2, or {@code null} for a pipe
     * @return the descriptors, or {@code null} when there are not enough: none is left open then
     */
    static CgiPipes open(int inputFile, boolean piped, String errorFile) {
        CgiPipes pipes = new CgiPipes();
        pipes.childInput = inputFile;
        if (pipes.openInput(piped) && pipes.openOutput() && pipes.openErrors(errorFile) && pipes.openStatus()) {
            return pipes;
        }
        pipes.closeAll();
        return null;
    }

    private boolean openInput(boolean piped) {
        if (childInput >= 0) {
            return true;
        }
        if (!piped) {
            childInput = Files.openRead(NOTHING);
            return childInput >= 0;
        }
        Pipe pipe = Processes.pipe();
        if (pipe != null) {
            childInput = pipe.readEnd();
            input = pipe.writeEnd();
        }
        return pipe != null;
    }

    private boolean openOutput() {
        Pipe pipe = Processes.pipe();
        if (pipe != null) {
            childOutput = pipe.writeEnd();
            output = pipe.readEnd();
        }
        return pipe != null;
    }

    private boolean openErrors(String file) {
        if (file != null) {
            childErrors = Files.openAppend(file, LOG_MODE);
            return childErrors >= 0;
        }
        Pipe pipe = Processes.pipe();
        if (pipe != null) {
            childErrors = pipe.writeEnd();
            errors = pipe.readEnd();
        }
        return pipe != null;
    }

    private boolean openStatus() {
        Pipe pipe = Processes.pipe();
        if (pipe != null) {
            childStatus = pipe.writeEnd();
            status = pipe.readEnd();
        }
        return pipe != null;
    }

    int childInput() {
        return childInput;
    }

    int childOutput() {
        return childOutput;
    }

    int childErrors() {
        return childErrors;
    }

    int childStatus() {
        return childStatus;
    }

    /** Where input is written to, or -1 when it does not come through a pipe. */
    int input() {
        return input;
    }

    int output() {
        return output;
    }

    /** Where error output is read from, or -1 when it goes to a file. */
    int errors() {
        return errors;
    }

    int status() {
        return status;
    }

    void closeChildEnds() {
        close(childInput);
        close(childOutput);
        close(childErrors);
        close(childStatus);
    }

    void closeOwnEnds() {
        close(input);
        close(output);
        close(errors);
        close(status);
    }

    /** Closes the own ends that nobody else has taken over; that of the status is the last to be. */
    void closeOwnEndsBut(boolean inputTaken, boolean outputTaken, boolean errorsTaken) {
        close(inputTaken ? NONE : input);
        close(outputTaken ? NONE : output);
        close(errorsTaken ? NONE : errors);
        close(status);
    }

    void closeAll() {
        closeChildEnds();
        closeOwnEnds();
    }

    private static void close(int fd) {
        if (fd >= 0) {
            Files.close(fd);
        }
    }
}

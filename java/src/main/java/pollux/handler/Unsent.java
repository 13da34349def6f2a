package pollux.handler;

/** The progress of a request on a new connection before anything has been sent; and of one that no connection brought. */
public class Unsent implements Request.Progress {
    @Override
    public long bytesSent() {
        return 0;
    }

    @Override
    public long bodyBytesSent() {
        return 0;
    }

    @Override
    public long requestLength() {
        return 0;
    }

    @Override
    public long connectionRequests() {
        return 1;
    }

    @Override
    public boolean isPipelined() {
        return false;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public long sentLength() {
        return NOT_YET;
    }

    @Override
    public int tcpInfo(int which) {
        return -1;
    }

    @Override
    public String requestContent() {
        return null;
    }

    @Override
    public boolean isComplete() {
        return false;
    }
}

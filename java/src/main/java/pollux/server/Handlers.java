package pollux.server;

import pollux.handler.AccessControl;
import pollux.handler.AutoindexHandler;
import pollux.handler.CgiHandler;
import pollux.handler.ConditionalFilter;
import pollux.handler.CopyHandler;
import pollux.handler.DeleteHandler;
import pollux.handler.EmptyGifHandler;
import pollux.handler.FileCaches;
import pollux.handler.IndexHandler;
import pollux.handler.MkcolHandler;
import pollux.handler.PutHandler;
import pollux.handler.RandomIndexHandler;
import pollux.handler.ReturnHandler;
import pollux.handler.StaticFileHandler;
import pollux.handler.TryFilesHandler;
import pollux.handler.UploadHandler;

/** A worker's handlers, one object each: they keep scratch memory, so no two threads share them. */
record Handlers(
        ReturnHandler returns,
        AccessControl access,
        TryFilesHandler tryFiles,
        UploadHandler upload,
        CgiHandler cgi,
        PutHandler put,
        DeleteHandler delete,
        MkcolHandler mkcol,
        CopyHandler copy,
        EmptyGifHandler emptyGif,
        RandomIndexHandler randomIndex,
        IndexHandler index,
        AutoindexHandler autoindex,
        StaticFileHandler staticFile,
        ConditionalFilter conditions) {

    /** A fresh set, which shares these caches. */
    static Handlers create(FileCaches caches) {
        return new Handlers(
                new ReturnHandler(),
                new AccessControl(),
                new TryFilesHandler(caches),
                new UploadHandler(),
                new CgiHandler(),
                new PutHandler(),
                new DeleteHandler(),
                new MkcolHandler(),
                new CopyHandler(),
                new EmptyGifHandler(),
                new RandomIndexHandler(),
                new IndexHandler(caches),
                new AutoindexHandler(),
                new StaticFileHandler(caches),
                new ConditionalFilter());
    }
}

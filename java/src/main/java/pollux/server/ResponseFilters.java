package pollux.server;

import pollux.handler.CharsetFilter;
import pollux.handler.ConditionalFilter;
import pollux.handler.Handler;
import pollux.handler.RangeFilter;
import pollux.handler.Request;
import pollux.handler.Response;

/** The filters that may make another response of one, in their order: conditions, charset, ranges. */
final class ResponseFilters {
    private ResponseFilters() {}

    /**
     * Filters a response that is made, its status settled.
     *
     * @return {@link Handler#DONE}; a status for an error response in its place; or {@link Handler#WORK}: the response is
     *     filtered again when that is done
     */
    static int apply(Request request, Response response, ConditionalFilter conditions) {
        boolean isRecoded = request.location().files().own().recoding() != null;
        if (response.status() != 200) {
            return isRecoded ? CharsetFilter.apply(request, response) : Handler.DONE;
        }
        int outcome = conditions.apply(request, response);
        if (outcome == Handler.DONE && isRecoded) {
            outcome = CharsetFilter.apply(request, response);
        }
        return outcome == Handler.DONE ? RangeFilter.apply(request, response) : outcome;
    }
}

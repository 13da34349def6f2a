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
     * @return {@link Handler#DONE}, or a status for an error response in its place
     */
    static int apply(Request request, Response response, ConditionalFilter conditions) {
        boolean isRecoded = request.location().files().own().recoding() != null;
        if (isRecoded && response.status() != 200) {
            CharsetFilter.apply(request, response);
        }
        if (response.status() != 200) {
            return Handler.DONE;
        }
        int refusal = conditions.apply(request, response);
        if (refusal == Handler.DONE && isRecoded) {
            CharsetFilter.apply(request, response);
        }
        return refusal == Handler.DONE ? RangeFilter.apply(request, response) : refusal;
    }
}

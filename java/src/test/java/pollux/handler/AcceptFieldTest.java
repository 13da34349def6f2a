package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptFieldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | true",
                "APPLICATION/JSON; q=0.5 | true",
                "application/json, text/html | true",
                "application/json;q=0.9, text/html | false",
                "application/json;q=0.9, text/html;q=0.89 | true",
                "application/json;q=0.001 | true",
                "application/json;q=0 | false",
                "application/json;q=0.000 | false",
                "application/json;q=x | true",
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8 | false",
                "*/* | false",
                "application/* | false",
                "application/json-seq | false",
                "text/plain | false",
                ",, application/json | true",
                "'' | false",
            })
    void jsonIsForThoseWhoNameIt(String accept, boolean json) {
        assertEquals(json, AcceptField.prefersJson(accept));
    }

    @Test
    void noFieldMeansAPage() {
        assertFalse(AcceptField.prefersJson(null));
    }
}

package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** No sentence about where Pollux differs stands without a test that holds it. */
class WhereItDiffersTest {
    @TestFactory
    Stream<DynamicTest> everySentenceIsHeld() {
        return WhereItDiffers.sentences().stream()
                .map(sentence -> DynamicTest.dynamicTest(
                        sentence.text(), () -> assertTrue(isTest(sentence.test()), sentence.test())));
    }

    private static boolean isTest(String name) throws ClassNotFoundException {
        int hash = name.indexOf('#');
        String method = name.substring(hash + 1);
        for (Class<?> type = Class.forName("pollux." + name.substring(0, hash));
                type != null;
                type = type.getSuperclass()) {
            for (Method each : type.getDeclaredMethods()) {
                boolean isRun = each.isAnnotationPresent(Test.class)
                        || each.isAnnotationPresent(TestFactory.class)
                        || each.isAnnotationPresent(ParameterizedTest.class);
                if (isRun && each.getName().equals(method)) {
                    return true;
                }
            }
        }
        return false;
    }
}

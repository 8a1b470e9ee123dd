package io.sluice.kafka.schema.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a schema is asked for by. */
public sealed interface SchemaKey {

    /** Where a registry has the schema, below its URL. */
    String path();

    /** Whether the same key always finds the same schema. */
    boolean isLasting();

    /** The newest version of a subject. */
    record Latest(String subject) implements SchemaKey {
        @Override
        public String path() {
            return subjectPath(subject) + "latest";
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    /**
     * One version of a subject.
     *
     * @param number from 1 on
     */
    record Version(String subject, int number) implements SchemaKey {
        @Override
        public String path() {
            return subjectPath(subject) + number;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    /** The number that a registry gave to the schema. */
    record Id(int number) implements SchemaKey {
        @Override
        public String path() {
            return "/schemas/ids/" + number;
        }

        @Override
        public boolean isLasting() {
            return true;
        }
    }

    private static String subjectPath(String subject) {
        // In a path, unlike in a form, a plus is a plus.
        String encoded = URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
        return "/subjects/" + encoded + "/versions/";
    }
}

package io.sluice.bench;

import io.sluice.bench.floor.FloorMain;
import io.sluice.bench.proc.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that writes values as Avro. */
sealed interface AvroProgram extends Program {

    /**
     * The floor; it has the schema with it and asks no registry.
     *
     * @param lingerMillis the producer's {@code linger.ms}
     */
    record Floor(int lingerMillis) implements AvroProgram {
        @Override
        public String name() {
            return "floor avro linger=" + lingerMillis;
        }

        @Override
        public List<String> command(Site site) {
            List<String> args = Program.Floor.args("kafka", site, lingerMillis, "avro");
            return Jvm.main(site.jvmFlags(), FloorMain.class.getName(), args);
        }
    }

    /** The gateway from its fat jar, with its shipped defaults and a registry. */
    record Gateway(Path jar, String registry) implements AvroProgram {
        @Override
        public String name() {
            return Program.Gateway.NAME;
        }

        @Override
        public List<String> command(Site site) throws IOException {
            String component = Program.Gateway.component(site) + """
                                - name: schemaRegistryURL
                                  value: "%s"
                                - name: valueSchemaType
                                  value: "Avro"
                            """.formatted(registry);
            return Program.Gateway.command(jar, site, component, List.of());
        }
    }
}

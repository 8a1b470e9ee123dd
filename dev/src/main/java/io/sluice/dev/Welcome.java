package io.sluice.dev;

import java.util.Map;

/** What to try and where to look, once the gateway is up. */
final class Welcome {
    private static final String BODY =
            "{\"operation\":\"create\",\"data\":{\"message\":\"Hi\"},\"metadata\":{\"partitionKey\":\"key1\"}}";

    private final DevKafka kafka;
    private final String binding;
    private final boolean tokenNeeded;

    /**
     * @param ownComponents whether the gateway reads other component files than the examples, whose bindings are not known
     *     here
     */
    Welcome(DevKafka kafka, boolean ownComponents, Map<String, String> environment) {
        this.kafka = kafka;
        this.binding = ownComponents ? "NAME" : "myKafka";
        this.tokenNeeded = !environment.getOrDefault("DAPR_API_TOKEN", "").isEmpty();
    }

    /** @param base {@code http://HOST:PORT} of the HTTP API */
    String text(String base) {
        String token = tokenNeeded ? " -H \"dapr-api-token: $DAPR_API_TOKEN\"" : "";
        return String.join(
                System.lineSeparator(),
                "",
                "  Kafka     " + kafka.bootstrapServers() + " (" + kafka.origin() + ")",
                "  try       curl -i" + token + " " + base + "/v1.0/bindings/" + binding + " -d '" + BODY + "'",
                "  health    " + base + "/v1.0/healthz",
                "  metadata  " + base + "/v1.0/metadata",
                "  openapi   " + base + "/openapi.yaml",
                "  metrics   http://127.0.0.1:9090/metrics unless --metrics-port says otherwise",
                "  stop      Ctrl-C",
                "");
    }
}

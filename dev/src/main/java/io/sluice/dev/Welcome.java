package io.sluice.dev;

import io.sluice.app.ReadyGateway;
import io.sluice.core.binding.KafkaBinding;
import java.util.ArrayList;
import java.util.List;

/**
 * What to try and where to look, once the gateway is up.
 *
 * @param kafka where Kafka is and whose it is
 * @param app where the app is, or that there is none
 * @param tokenNeeded whether callers show {@code DAPR_API_TOKEN}
 */
record Welcome(String kafka, String app, boolean tokenNeeded) {
    private static final String BODY =
            "{\"operation\":\"create\",\"data\":{\"message\":\"Hi\"},\"metadata\":{\"partitionKey\":\"key1\"}}";

    String text(ReadyGateway gateway) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("  Kafka     " + kafka);
        lines.add("  app       " + app);
        gateway.bindings().get().forEach(binding -> lines.addAll(flows(binding)));
        gateway.bindings().get().stream()
                .filter(KafkaBinding::isOutput)
                .findFirst()
                .ifPresent(binding -> lines.add("  try       " + curl(gateway, binding.name())));
        if (gateway.socket() != null) {
            lines.add("  socket    " + gateway.socket() + ", also for what follows");
        }
        lines.add("  health    " + gateway.http() + "/v1.0-sluice/health");
        lines.add("  metadata  " + gateway.http() + "/v1.0/metadata");
        lines.add("  openapi   " + gateway.http() + "/openapi.yaml");
        if (gateway.metrics() != null) {
            lines.add("  metrics   " + gateway.metrics());
        }
        lines.add("  stop      Ctrl-C");
        lines.add("");
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> flows(KafkaBinding binding) {
        var flows = new ArrayList<String>();
        String head = "  binding   " + binding.name() + ": ";
        if (binding.isOutput()) {
            flows.add(head + "a POST becomes a record in the topic " + binding.publishTopic());
        }
        if (binding.isInput()) {
            flows.add(head + "a record in " + String.join(", ", binding.topics()) + " becomes a POST to the app's /"
                    + binding.route());
        }
        return flows;
    }

    private String curl(ReadyGateway gateway, String binding) {
        String token = tokenNeeded ? " -H \"dapr-api-token: $DAPR_API_TOKEN\"" : "";
        String socket = gateway.socket() == null ? "" : " --unix-socket " + gateway.socket();
        return "curl -i" + socket + token + " " + gateway.http() + "/v1.0/bindings/" + binding + " -d '" + BODY + "'";
    }
}

package io.sluice.core.component;

import io.sluice.core.component.field.Field;
import io.sluice.core.component.kafka.KafkaFields;
import io.sluice.core.component.secret.StoreFields;
import java.util.List;
import java.util.stream.Collectors;

/** The page {@code docs/components.md}, made from the declarations of the fields. */
final class ComponentReference {
    private static final String BEGINNING = """
        # Component files

        <!-- Made from the declarations in core; do not edit. ComponentReferenceTest says how to make it anew. -->

        Sluice reads the component files that Dapr reads: every `*.yaml` and `*.yml` in the folders of
        `--resources-path` (not in folders below), in the order of their names, with any number of documents each.
        [Changes](configuration.md#changes-of-component-files) of them, and of their secrets, are taken up without a
        restart.

        ```yaml
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: orders                # the path of the API: /v1.0/bindings/orders
          namespace: shop             # optional; must then be ours, if we have one
        spec:
          type: bindings.kafka
          version: v1
          initTimeout: 5s             # optional
          ignoreErrors: false         # true: start without this component when it is wrong
          metadata:
          - name: brokers
            value: "localhost:9092"
          - name: authType
            value: "password"
          - name: saslUsername
            envRef: KAFKA_USER        # from the environment
          - name: saslPassword
            secretKeyRef:             # from a secret store
              name: kafka
              key: password           # the same as the name when left out
          - name: publishTopic
            value: "orders"
        auth:
          secretStore: vault          # a component of one of the types below
        scopes: [shop]                # optional: the app ids that this component is for
        ```

        - Names match whatever their case. Numbers and booleans may stand without quotes.
        - Items of lists are trimmed, empty ones dropped. A blank value counts as not set.
        - A wrong value is an error, and all errors of all files are told at once. An unknown field is a warning.
        - A document that is most likely meant to be a component (`kind: Componnet`, `apiVersion: v1`), and a resource of
          Dapr's that has no effect here (`kind: Resiliency`, `Subscription` …), is a warning with its line.
        - Values may hold `{uuid}` (a new one in each run), `{podName}` (from `POD_NAME`), `{namespace}` (`NAMESPACE.APPID`, `default` without a `NAMESPACE`) and `{appID}`.
        - Durations are Go's (`300ms`, `1.5h`, `2m30s`) or a bare number in the unit that the type says.
        - `PEM or path` is a PEM text or the path of a file with one.
        - `envRef` reads neither `DAPR_*` nor `APP_API_TOKEN`, and only what `DAPR_ENV_KEYS` lists if that is set.

        ## Fields of `bindings.kafka`

        *Origin*: `seed` and `newer Dapr` are fields of Dapr's binding, `Sluice` marks our own, which Dapr ignores.
        *State*: a field that does not work yet is read and validated all the same.

        """;

    private static final String STORES = """

        ## Secret stores

        A component with `secretKeyRef` names its store in `auth.secretStore`. Secrets are never shown.

        """;

    private ComponentReference() {}

    static String page() {
        var page = new StringBuilder(BEGINNING);
        page.append("| Field | Type | Default | Allowed | For | Origin | State | Meaning |\n");
        page.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        KafkaFields.all()
                .forEach(field -> page.append(row(
                        names(field),
                        field.type().label(),
                        fallback(field),
                        field.type().allowed(),
                        field.traits().use().label(),
                        field.traits().origin().label(),
                        state(field),
                        field.traits().meaning())));
        page.append(STORES).append("| Type | Field | Default | Meaning |\n| --- | --- | --- | --- |\n");
        StoreFields.types().forEach(type -> StoreFields.all()
                .get(type)
                .forEach(field -> page.append(row(
                        "`" + type + "`",
                        names(field),
                        fallback(field),
                        field.traits().meaning()))));
        return page.append("\n").append(ENDING).toString();
    }

    /** The short table of the README. */
    static String overview() {
        var table = new StringBuilder("| Field | Type | Default | State |\n| --- | --- | --- | --- |\n");
        KafkaFields.all()
                .forEach(field -> table.append(row(names(field), field.type().label(), fallback(field), state(field))));
        return table.toString();
    }

    private static final String ENDING = """
        `secretstores.local.folder` is Sluice's own: it reads secrets as Kubernetes mounts them, a folder per secret
        with a file per key; one line break at the end of a file is not part of the value.
        """;

    private static String names(Field<?> field) {
        String aliases = field.traits().aliases().stream()
                .map(alias -> " or `" + alias + "`")
                .collect(Collectors.joining());
        return "`" + field.name() + "`" + aliases;
    }

    private static String fallback(Field<?> field) {
        return field.defaultText() == null ? field.traits().defaultNote() : "`" + field.defaultText() + "`";
    }

    private static String state(Field<?> field) {
        String feature = field.traits().effectComesWith();
        return feature.isEmpty() ? "works" : "read and validated; effect comes with " + feature;
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}

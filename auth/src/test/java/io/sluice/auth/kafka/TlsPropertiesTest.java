package io.sluice.auth.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.binding.AuthSettings.Tls;
import io.sluice.testing.tls.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsPropertiesTest {
    private static final TestCa CA = TestCa.create();

    @Test
    void theBrokersNameIsCheckedUnlessNothingIs() {
        Map<String, Object> verified = TlsProperties.of(trusting(CA.certificate()));
        Map<String, Object> unverified = TlsProperties.of(new Tls(true, null, null, null, null, true));

        assertThat(verified).doesNotContainKey("ssl.endpoint.identification.algorithm");
        assertThat(unverified).containsEntry("ssl.endpoint.identification.algorithm", "");
    }

    @Test
    void aConnectionSpeaksTls12AndNewerAndChecksTheName() {
        SSLEngine engine = factory(trusting(CA.certificate())).createClientSslEngine("kafka", 9093, "https");

        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.2", "TLSv1.3");
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("https");
    }

    @Test
    void connectionsShareAContextUntilTheCertificatesChange(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), CA.certificate());
        ClientTls tls = new ClientTls(trusting(file.toString()));
        SSLContext first = tls.context();
        assertThat(tls.context()).isSameAs(first);

        Files.writeString(file, TestCa.create().certificate());

        assertThat(tls.context()).isNotSameAs(first);
    }

    private static FreshSslEngineFactory factory(Tls tls) {
        var properties = new HashMap<>(TlsProperties.of(tls));
        // The client adds its defaults.
        properties.put("ssl.enabled.protocols", List.of("TLSv1.2", "TLSv1.3"));
        var factory = new FreshSslEngineFactory();
        factory.configure(properties);
        return factory;
    }

    private static Tls trusting(String caCert) {
        return new Tls(true, caCert, null, null, null, false);
    }
}

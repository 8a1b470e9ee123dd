package io.sluice.dev.kafka;

import java.io.IOException;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * A broker in a JVM of its own: {@code BrokerMain FOLDER/server.properties}, on a formatted folder.
 *
 * <p>SIGTERM stops it cleanly; the end of its standard input, which means that its parent is gone, ends it at once.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        Properties properties = Utils.loadProps(args[0]);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        Thread parentWatch = new Thread(BrokerMain::endWithParent, "parent-watch");
        parentWatch.setDaemon(true);
        parentWatch.start();
        server.startup();
        server.awaitShutdown();
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said on this stream: only its end matters
            }
        } catch (IOException e) {
            // as good as its end
        }
        Runtime.getRuntime().halt(1);
    }
}

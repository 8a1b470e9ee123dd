// An app that prints each record it gets and acknowledges it. Needs nothing but a JDK: java App.java
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

class App {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 3000), 0);
        server.createContext("/", request -> {
            System.out.println(request.getRequestURI() + " "
                    + new String(request.getRequestBody().readAllBytes()));
            request.sendResponseHeaders(204, -1);
        });
        server.start();
    }
}

package io.sluice.http.deliver;

import static io.sluice.http.deliver.AnswerKind.kind;
import static io.sluice.http.deliver.Cell.acknowledged;
import static io.sluice.http.deliver.Cell.awaited;
import static io.sluice.http.deliver.Cell.refused;
import static io.sluice.http.deliver.Cell.waits;
import static io.sluice.http.deliver.RawHttp1App.NO_BODY;
import static io.sluice.http.deliver.RawHttp1App.OK;

import io.sluice.http.deliver.Cell.Moment;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that an app may do with a request, good or bad: the table of {@code docs/delivery.md}. */
final class AnswerKinds {
    private static final String LONG = "x".repeat(70_000);
    private static final String VERY_LONG = "x".repeat(5_000_000);
    private static final String MESSAGE = "\0\0\0\0\0";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    private static final int REFUSED_STREAM = 7;
    private static final int MANY = 1_000;

    private AnswerKinds() {}

    static Stream<AnswerKind> all() {
        return Stream.of(noAnswer(), statuses(), interim(), forms(), bodies(), frames(), calls())
                .flatMap(List::stream);
    }

    private static List<AnswerKind> noAnswer() {
        return List.of(
                kind("closes connections as it accepts them")
                        .http1(Cell.<RawHttp1App.Peer>waits(peer -> peer.close())
                                .at(Moment.CONNECT))
                        .overHttp2(Cell.<RawHttp2App.Peer>waits(peer -> peer.close())
                                .at(Moment.CONNECT)),
                kind("accepts connections and never begins to speak HTTP/2")
                        .overHttp2(Cell.<RawHttp2App.Peer>waits(RawHttp2App.Peer::fallSilent)
                                .at(Moment.CONNECT)
                                .hastily()),
                kind("closes the connection instead of an answer")
                        .http1(waits(RawHttp1App.Peer::close))
                        .overHttp2(waits(RawHttp2App.Peer::close)),
                kind("resets it").http1(waits(RawHttp1App.Peer::reset)).overHttp2(waits(RawHttp2App.Peer::reset)),
                kind("closes one that was kept")
                        .http1(acknowledged(RawHttp1App.Peer::close)
                                .afterAnother()
                                .sentTwice())
                        .overHttp2(acknowledged(RawHttp2App.Peer::close)
                                .afterAnother()
                                .sentTwice()),
                kind("closes one that was kept, and the next one")
                        .http1(waits(RawHttp1App.Peer::close).afterAnother().always())
                        .overHttp2(waits(RawHttp2App.Peer::close).afterAnother().always()),
                kind("says nothing").http1(awaited(peer -> {})).overHttp2(awaited(peer -> {})),
                kind("says nothing, not even to pings")
                        .overHttp2(waits(RawHttp2App.Peer::fallSilent).hastily()),
                kind("stops in the middle of the status")
                        .http1(awaited(h1("HTTP/1.1 2")))
                        .overHttp2(waits((RawHttp2App.Peer peer) ->
                                        peer.say("\0\0\7\1\4\0\0").fallSilent())
                                .hastily()),
                kind("closes the connection in the middle of the status")
                        .http1(waits(peer -> peer.say("HTTP/1.1 200 O").close()))
                        .overHttp2(waits(peer -> peer.say("\0\0\7\1\4\0\0").close())),
                kind("speaks something else")
                        .http1(waits(h1("SSH-2.0-OpenSSH_9.2\r\n")))
                        .overHttp2(waits(h2(OK))),
                kind("speaks HTTP/0.9, without a status").http1(waits(h1("done\r\n"))),
                kind("speaks RTSP, with one").http1(waits(h1("RTSP/1.0 200 OK\r\n" + NO_BODY))));
    }

    private static List<AnswerKind> statuses() {
        return List.of(
                status("2xx", "200", "acknowledged"),
                status("3xx, wherever it points", "307", "refused"),
                status("400", "400", "refused"),
                status("401", "401", "refused"),
                status("404", "404", "refused"),
                status("408", "408", "refused"),
                kind("408 on a connection that was kept")
                        .http1(acknowledged(h1("HTTP/1.1 408 Late\r\nconnection: close\r\n" + NO_BODY))
                                .afterAnother()
                                .sentTwice())
                        .h2c(acknowledged(status("408")).afterAnother().sentTwice()),
                status("425", "425", "refused"),
                status("429, with `Retry-After` or without", "429", "refused"),
                status("503, with `Retry-After` or without", "503", "refused"),
                status("500", "500", "refused"),
                status("a status above 599", "799", "refused"),
                kind("a status of less or more than three digits")
                        .http1(waits(h1("HTTP/1.1 2000 OK\r\n" + NO_BODY)))
                        .overHttp2(waits(status("2000")).kept()),
                kind("a status below 100")
                        .http1(waits(h1("HTTP/1.1 099 OK\r\n" + NO_BODY)))
                        .overHttp2(waits(status("099")).kept()),
                kind("a status that is no number")
                        .http1(waits(h1("HTTP/1.1 OK\r\n" + NO_BODY)))
                        .overHttp2(waits(status("OK")).kept()),
                kind("headers without a status")
                        .http1(waits(h1("x: y\r\n" + NO_BODY)))
                        .overHttp2(waits((RawHttp2App.Peer peer) -> peer.lastHeaders("x", "y"))
                                .kept()));
    }

    private static List<AnswerKind> interim() {
        return List.of(
                interim("100, and then 2xx", "100"),
                interim("102, and then 2xx", "102"),
                interim("103, and then 2xx", "103"),
                kind("a thousand interim answers, and then 2xx")
                        .http1(acknowledged(h1("HTTP/1.1 103 Early\r\n\r\n".repeat(MANY) + OK)))
                        .h2c(acknowledged(peer -> {
                            many(peer);
                            peer.lastHeaders(":status", "200");
                        }))
                        .grpc(acknowledged(peer -> {
                            many(peer);
                            call("0").accept(peer);
                        })),
                kind("interim answers only")
                        .http1(awaited(h1("HTTP/1.1 103 Early\r\n\r\n".repeat(MANY))))
                        .overHttp2(awaited(AnswerKinds::many)),
                kind("101")
                        .http1(waits(h1("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n")))
                        .overHttp2(waits(status("101")).kept()));
    }

    /** Of answers of HTTP/1.1; where HTTP/2 has the same thing, it is there too. */
    private static List<AnswerKind> forms() {
        return List.of(
                kind("blank lines before the answer").http1(acknowledged(h1("\r\n\r\n" + OK))),
                kind("another byte before it").http1(waits(h1("x" + OK))),
                kind("lines that end with LF alone").http1(acknowledged(h1(OK.replace("\r", "")))),
                kind("HTTP/1.0")
                        .http1(acknowledged(h1("HTTP/1.0 200 OK\r\n" + NO_BODY)).closed()),
                kind("HTTP/1.0 that keeps the connection")
                        .http1(acknowledged(h1("HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n" + NO_BODY))),
                kind("`Connection` twice, the second time `close`")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\nconnection: x\r\nconnection: close\r\n" + NO_BODY))
                                .closed()),
                kind("headers of 8 KiB")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\nx: " + LONG.substring(0, 8_192) + "\r\n" + NO_BODY)))
                        .h2c(acknowledged(peer -> peer.lastHeaders(":status", "200", "x", LONG.substring(0, 8_192))))
                        .grpc(acknowledged(call("0", "x", LONG.substring(0, 8_192)))),
                kind("headers of 70 KiB")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\nx: " + LONG + "\r\n" + NO_BODY))
                                .closed())
                        .h2c(acknowledged(peer -> peer.lastHeaders(":status", "200", "x", LONG)))
                        .grpc(acknowledged(call("0", "x", LONG))),
                kind("a header that is none")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\nx: a\0b\r\n" + NO_BODY))
                                .closed())
                        .h2c(waits((RawHttp2App.Peer peer) -> peer.lastHeaders(":status", "200", "A b", "c"))
                                .kept())
                        .grpc(waits(call("0", "A b", "c")).kept()),
                kind("the connection ends in the middle of the headers")
                        .http1(acknowledged((RawHttp1App.Peer peer) ->
                                        peer.say("HTTP/1.1 200 OK\r\nx: ").close())
                                .closed()),
                kind("one length twice")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx"))),
                kind("two lengths")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx"))
                                .closed()),
                kind("a length that is none")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n"))
                                .closed()),
                kind("a length beside chunks")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n"
                                        + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n"))
                                .closed()),
                kind("an encoding other than chunks")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n"
                                        + "transfer-encoding: gzip\r\n\r\nx"))
                                .closed()));
    }

    private static List<AnswerKind> bodies() {
        return List.of(
                kind("204 with a body")
                        .http1(acknowledged(h1("HTTP/1.1 204 None\r\n\r\nhi")).closed())
                        .h2c(acknowledged(peer -> peer.headers(":status", "204").lastData("hi"))),
                kind("204 or 304 that announces one")
                        .http1(acknowledged(h1("HTTP/1.1 204 None\r\ncontent-length: 2\r\n\r\n"))
                                .closed())
                        .h2c(acknowledged(peer -> peer.lastHeaders(":status", "204", "content-length", "2"))),
                kind("more bytes than announced")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhill"))
                                .closed())
                        .h2c(acknowledged(peer -> peer.headers(":status", "200", "content-length", "2")
                                .lastData("hill")))
                        .grpc(waits((RawHttp2App.Peer peer) -> {
                                    peer.headers(
                                            ":status",
                                            "200",
                                            "content-type",
                                            "application/grpc",
                                            "content-length",
                                            "2");
                                    peer.data(MESSAGE).lastHeaders("grpc-status", "0");
                                })
                                .kept()),
                kind("fewer, and then nothing")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi"))
                                .hastily()
                                .closed())
                        .h2c(acknowledged((RawHttp2App.Peer peer) ->
                                        peer.headers(":status", "200").data("hi"))
                                .hastily())
                        .grpc(awaited(peer -> peer.headers(":status", "200", "content-type", "application/grpc")
                                .data(MESSAGE))),
                kind("fewer, and the connection ends")
                        .http1(acknowledged((RawHttp1App.Peer peer) -> peer.say(
                                                "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi")
                                        .close())
                                .closed())
                        .h2c(acknowledged((RawHttp2App.Peer peer) -> peer.headers(":status", "200")
                                        .data("hi")
                                        .close())
                                .closed())
                        .grpc(waits(peer -> peer.headers(":status", "200", "content-type", "application/grpc")
                                .data(MESSAGE)
                                .close())),
                kind("a body that the end of the connection ends")
                        .http1(acknowledged((RawHttp1App.Peer peer) ->
                                        peer.say("HTTP/1.1 200 OK\r\n\r\nhi").close())
                                .closed()),
                kind("a body byte by byte, without end")
                        .http1(acknowledged((RawHttp1App.Peer peer) -> {
                                    peer.say("HTTP/1.1 200 OK\r\n\r\n");
                                    peer.vertx.setPeriodic(20, drop -> peer.say("x"));
                                })
                                .hastily()
                                .closed())
                        .h2c(acknowledged((RawHttp2App.Peer peer) -> {
                                    peer.headers(":status", "200");
                                    peer.vertx.setPeriodic(20, drop -> peer.data("x"));
                                })
                                .hastily())
                        .grpc(awaited(peer -> {
                            peer.headers(":status", "200", "content-type", "application/grpc");
                            peer.vertx.setPeriodic(20, drop -> peer.data("\0"));
                        })),
                kind("chunks with extensions").http1(acknowledged(h1(CHUNKED + "2;a=\"b c\"\r\nhi\r\n0;d\r\n\r\n"))),
                kind("a chunk that is none")
                        .http1(acknowledged(h1(CHUNKED + "zz\r\nhi\r\n")).closed()),
                kind("chunks without a last one")
                        .http1(acknowledged(h1(CHUNKED + "2\r\nhi\r\n"))
                                .hastily()
                                .closed()),
                kind("a body of 5 MB")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: " + VERY_LONG.length() + "\r\n\r\n"
                                        + VERY_LONG))
                                .closed())
                        .h2c(acknowledged(
                                peer -> peer.headers(":status", "200").lengthyData(VERY_LONG.length(), () -> {})))
                        .grpc(acknowledged(peer -> peer.headers(":status", "200", "content-type", "application/grpc")
                                .lengthyData(VERY_LONG.length(), () -> peer.lastHeaders("grpc-status", "0")))),
                kind("an answer before the request is written")
                        .http1(acknowledged((RawHttp1App.Peer peer) -> {
                                    peer.stopReading();
                                    peer.say(OK);
                                })
                                .at(Moment.HEAD)
                                .closed())
                        .h2c(acknowledged((RawHttp2App.Peer peer) -> peer.lastHeaders(":status", "200"))
                                .at(Moment.HEAD))
                        .grpc(acknowledged(call("0")).at(Moment.HEAD)),
                kind("bytes after the answer").http1(acknowledged(h1(OK + "hi")).closed()),
                kind("a second answer")
                        .http1(acknowledged(h1(OK + "HTTP/1.1 500 No\r\n" + NO_BODY))
                                .closed())
                        .h2c(acknowledged(
                                peer -> peer.lastHeaders(":status", "200").lastHeaders(":status", "500"))),
                kind("JSON that is none, where `fanOut` looks at it")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{]")))
                        .h2c(acknowledged(peer -> peer.headers(":status", "200").lastData("{]")))
                        .grpc(acknowledged(message("\0\0\0\0\1\377"))),
                kind("a compressed body")
                        .http1(acknowledged(
                                h1("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n\37\213")))
                        .h2c(acknowledged(peer -> peer.headers(":status", "200", "content-encoding", "gzip")
                                .lastData("\37\213")))
                        .grpc(acknowledged(message("\1\0\0\0\2\37\213"))),
                kind("an unexpected type")
                        .http1(acknowledged(h1("HTTP/1.1 200 OK\r\ncontent-type: no type\r\n" + NO_BODY)))
                        .h2c(acknowledged(peer -> peer.lastHeaders(":status", "200", "content-type", "no type")))
                        .grpc(acknowledged(peer -> peer.headers(":status", "200", "content-type", "text/html")
                                .data(MESSAGE)
                                .lastHeaders("grpc-status", "0"))));
    }

    private static List<AnswerKind> frames() {
        return List.of(
                kind("`GOAWAY` that passes over the request, once")
                        .overHttp2(acknowledged((RawHttp2App.Peer peer) -> peer.goAway(0, 0))
                                .sentTwice()),
                kind("`GOAWAY` that passes over it, and again")
                        .overHttp2(waits((RawHttp2App.Peer peer) -> peer.goAway(0, 0))
                                .always()),
                kind("`GOAWAY`, and then an answer")
                        .h2c(acknowledged((RawHttp2App.Peer peer) ->
                                        peer.goAway(peer.stream, 0).lastHeaders(":status", "200"))
                                .closed())
                        .grpc(acknowledged((RawHttp2App.Peer peer) -> {
                                    peer.goAway(peer.stream, 0);
                                    call("0").accept(peer);
                                })
                                .closed()),
                kind("`GOAWAY`, and then the end")
                        .overHttp2(waits(peer -> peer.goAway(peer.stream, 0).close())),
                kind("`REFUSED_STREAM`, once")
                        .overHttp2(acknowledged(reset(REFUSED_STREAM)).sentTwice()),
                kind("`REFUSED_STREAM`, and again")
                        .overHttp2(waits(reset(REFUSED_STREAM)).always().kept()),
                kind("any other `RST_STREAM`: `CANCEL`")
                        .overHttp2(waits(reset(8)).kept()),
                kind("`NO_ERROR`").overHttp2(waits(reset(0)).kept()),
                kind("`INTERNAL_ERROR`").overHttp2(waits(reset(2)).kept()),
                kind("`ENHANCE_YOUR_CALM`").overHttp2(waits(reset(11)).kept()),
                kind("`HTTP_1_1_REQUIRED`").overHttp2(waits(reset(13)).kept()),
                kind("a status, and then `RST_STREAM`")
                        .h2c(acknowledged(peer -> peer.headers(":status", "200").resetStream(2)))
                        .grpc(waits((RawHttp2App.Peer peer) -> peer.headers(
                                                ":status", "200", "content-type", "application/grpc")
                                        .resetStream(2))
                                .kept()),
                kind("a whole answer, and then `RST_STREAM`")
                        .h2c(acknowledged(
                                peer -> peer.lastHeaders(":status", "200").resetStream(0)))
                        .grpc(acknowledged(peer -> {
                            call("0").accept(peer);
                            peer.resetStream(0);
                        })),
                kind("body before headers")
                        .overHttp2(waits((RawHttp2App.Peer peer) -> peer.lastData("hi"))
                                .kept()),
                kind("an answer to nothing that was asked")
                        .overHttp2(waits(peer -> peer.frame(RawHttp2App.HEADERS, 5, peer.stream + 2, Buffer.buffer()))),
                kind("a frame that is too long")
                        .overHttp2(waits(
                                peer -> peer.frame(RawHttp2App.DATA, 0, peer.stream, Buffer.buffer(new byte[16_385])))),
                kind("a frame of an unknown kind, and then 2xx")
                        .h2c(acknowledged(peer -> peer.frame(99, 0, peer.stream, Buffer.buffer("hi"))
                                .lastHeaders(":status", "200")))
                        .grpc(acknowledged(peer -> {
                            peer.frame(99, 0, peer.stream, Buffer.buffer("hi"));
                            call("0").accept(peer);
                        })),
                kind("a thousand pings, and then 2xx")
                        .h2c(acknowledged(peer -> {
                            pings(peer);
                            peer.lastHeaders(":status", "200");
                        }))
                        .grpc(acknowledged(peer -> {
                            pings(peer);
                            call("0").accept(peer);
                        })),
                kind("no window for the request's body, and then nothing")
                        .overHttp2(Cell.<RawHttp2App.Peer>awaited(peer -> {}).at(Moment.HEAD)));
    }

    private static List<AnswerKind> calls() {
        return List.of(
                kind("`OK`, after a message or alone").grpc(acknowledged(call("0"))),
                kind("`OK` after a message that is cut short").grpc(acknowledged(message("\0\0\0\0\7hi"))),
                kind("`OK` after two messages").grpc(acknowledged(message(MESSAGE + MESSAGE))),
                kind("any other status: `CANCELLED`").grpc(refused(call("1"))),
                kind("`UNKNOWN`").grpc(refused(call("2"))),
                kind("`DEADLINE_EXCEEDED`").grpc(refused(call("4"))),
                kind("`PERMISSION_DENIED`").grpc(refused(call("7"))),
                kind("`RESOURCE_EXHAUSTED`, with a pause or without").grpc(refused(call("8"))),
                kind("`ABORTED`").grpc(refused(call("10"))),
                kind("`UNIMPLEMENTED`").grpc(refused(call("12"))),
                kind("`INTERNAL`").grpc(refused(call("13"))),
                kind("`UNAVAILABLE`, with a pause or without").grpc(refused(call("14"))),
                kind("`UNAUTHENTICATED`").grpc(refused(call("16"))),
                kind("a number that is no status").grpc(refused(call("17"))),
                kind("a status that is no number").grpc(refused(call("what"))),
                kind("no trailers")
                        .grpc(waits((RawHttp2App.Peer peer) -> peer.headers(
                                                ":status", "200", "content-type", "application/grpc")
                                        .lastData(MESSAGE))
                                .kept()),
                kind("trailers without a status")
                        .grpc(waits((RawHttp2App.Peer peer) -> peer.headers(
                                                ":status", "200", "content-type", "application/grpc")
                                        .data(MESSAGE)
                                        .lastHeaders("x", "y"))
                                .kept()));
    }

    private static AnswerKind status(String words, String status, String outcome) {
        boolean taken = outcome.equals("acknowledged");
        var http1 = h1("HTTP/1.1 " + status + " X\r\n" + NO_BODY);
        return kind(words)
                .http1(taken ? acknowledged(http1) : refused(http1))
                .h2c(taken ? acknowledged(status(status)) : refused(status(status)))
                .grpc(waits(status(status)).kept());
    }

    private static AnswerKind interim(String words, String status) {
        return kind(words)
                .http1(acknowledged(h1("HTTP/1.1 " + status + " X\r\n\r\n" + OK)))
                .h2c(acknowledged(peer -> peer.headers(":status", status).lastHeaders(":status", "200")))
                .grpc(acknowledged(peer -> {
                    peer.headers(":status", status);
                    call("0").accept(peer);
                }));
    }

    private static void many(RawHttp2App.Peer peer) {
        for (int i = 0; i < MANY; i++) {
            peer.headers(":status", "103");
        }
    }

    private static void pings(RawHttp2App.Peer peer) {
        for (int i = 0; i < MANY; i++) {
            peer.ping();
        }
    }

    private static Consumer<RawHttp1App.Peer> h1(String bytes) {
        return peer -> peer.say(bytes);
    }

    private static Consumer<RawHttp2App.Peer> h2(String bytes) {
        return peer -> peer.say(bytes);
    }

    private static Consumer<RawHttp2App.Peer> status(String status) {
        return peer -> peer.lastHeaders(":status", status);
    }

    private static Consumer<RawHttp2App.Peer> reset(int code) {
        return peer -> peer.resetStream(code);
    }

    /** An answer that is nothing but a status of gRPC. */
    private static Consumer<RawHttp2App.Peer> call(String status) {
        return peer -> peer.lastHeaders(":status", "200", "content-type", "application/grpc", "grpc-status", status);
    }

    private static Consumer<RawHttp2App.Peer> call(String status, String name, String value) {
        return peer -> peer.lastHeaders(
                ":status", "200", "content-type", "application/grpc", "grpc-status", status, name, value);
    }

    /** A message, and a status that acknowledges. */
    private static Consumer<RawHttp2App.Peer> message(String bytes) {
        return peer -> peer.headers(":status", "200", "content-type", "application/grpc")
                .data(bytes)
                .lastHeaders("grpc-status", "0");
    }
}

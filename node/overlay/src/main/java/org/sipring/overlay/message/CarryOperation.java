package org.sipring.overlay.message;

import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.impl.operationservice.Operation;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a message to the {@link Post} of another node. The answer goes back later than the operation ends: the
 * handler runs elsewhere.
 */
final class CarryOperation extends Operation implements IdentifiedDataSerializable {
    static final int FACTORY = 7601;
    private static final int CLASS = 1;
    private static final Logger LOG = LoggerFactory.getLogger(CarryOperation.class);

    private String subject = "";
    private byte[] body = {};
    private boolean answered;

    CarryOperation() {}

    CarryOperation(String subject, byte[] body, boolean answered) {
        this.subject = subject;
        this.body = body;
        this.answered = answered;
    }

    @Override
    public void run() {
        Map<String, Object> context = getNodeEngine().getHazelcastInstance().getUserContext();
        if (context.get(Post.class.getName()) instanceof Post post) {
            post.receive(this);
        }
    }

    @Override
    public boolean returnsResponse() {
        return false;
    }

    /** Refused by Hazelcast before it ran: the sender is not a member here, not yet or no more. Messages may be lost. */
    @Override
    public void logError(Throwable failure) {
        LOG.debug("a message about {} was not delivered: {}", subject, failure.getMessage());
    }

    String subject() {
        return subject;
    }

    byte[] body() {
        return body;
    }

    /** Null when the node sent it to itself. */
    @Nullable
    ServerConnection from() {
        return getConnection();
    }

    void answer(Reply reply) {
        if (answered) {
            sendResponse(reply.bytes());
        }
    }

    @Override
    protected void writeInternal(ObjectDataOutput out) throws IOException {
        out.writeString(subject);
        out.writeBoolean(answered);
        out.writeInt(body.length);
        out.write(body);
    }

    @Override
    protected void readInternal(ObjectDataInput in) throws IOException {
        subject = String.valueOf(in.readString());
        answered = in.readBoolean();
        int length = in.readInt();
        if (length < 0 || length > Post.BODY_LIMIT) {
            throw new IOException("a message of " + length + " bytes about " + subject);
        }
        body = new byte[length];
        in.readFully(body);
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return CLASS;
    }
}

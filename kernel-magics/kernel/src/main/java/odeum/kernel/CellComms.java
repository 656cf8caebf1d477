package odeum.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.request.CommInfoRequest;

/** JJava's comms; its list of them lacks the status. */
final class CellComms extends CommManager {
  @Override
  public void handleCommInfoRequest(ReplyEnvironment env, Message<CommInfoRequest> message) {
    env.setBusyDeferIdle();
    String wanted = message.getContent().getTargetName();
    Map<String, Map<String, String>> known = new LinkedHashMap<>();
    for (var comm : this) {
      if (wanted == null || wanted.isEmpty() || wanted.equals(comm.getTargetName())) {
        known.put(comm.getID(), Map.of("target_name", comm.getTargetName()));
      }
    }
    env.defer().reply(new Answer(known));
  }

  // The fields are read by the JSON writer.
  @SuppressWarnings("unused")
  private static final class Answer implements ContentType<Answer> {
    private final String status = "ok";
    private final Map<String, Map<String, String>> comms;

    Answer(Map<String, Map<String, String>> comms) {
      this.comms = comms;
    }

    @Override
    @SuppressWarnings("unchecked")
    public MessageType<Answer> getType() {
      MessageType<?> reply = MessageType.COMM_INFO_REPLY;
      return (MessageType<Answer>) reply;
    }
  }
}

package odeum.kernel;

import java.util.List;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;

/** JJava's answer writes cells as objects; the protocol wants tuples, and a status. */
// The fields are read by the JSON writer.
@SuppressWarnings("unused")
final class HistoryAnswer implements ContentType<HistoryAnswer> {
  private final String status = "ok";
  private final List<List<Object>> history;

  HistoryAnswer(List<List<Object>> history) {
    this.history = history;
  }

  @Override
  @SuppressWarnings("unchecked")
  public MessageType<HistoryAnswer> getType() {
    MessageType<?> reply = MessageType.HISTORY_REPLY;
    return (MessageType<HistoryAnswer>) reply;
  }
}

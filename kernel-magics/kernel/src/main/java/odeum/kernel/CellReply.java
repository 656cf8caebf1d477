package odeum.kernel;

import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;

/** The answer to a cell that ended well, with the fields that JJava's own leaves out. */
// The fields are read by the JSON writer.
@SuppressWarnings({"unused", "MemberName"})
final class CellReply implements ContentType<CellReply> {
  private final String status = "ok";
  private final int execution_count;
  private final Map<String, Object> user_expressions;
  private final List<Object> payload = List.of();

  CellReply(int cell, Map<String, Object> expressions) {
    this.execution_count = cell;
    this.user_expressions = expressions;
  }

  @Override
  @SuppressWarnings("unchecked")
  public MessageType<CellReply> getType() {
    MessageType<?> executeReply = MessageType.EXECUTE_REPLY;
    return (MessageType<CellReply>) executeReply;
  }

  /** The value of one of the expressions that a front end asks for beside a cell. */
  static final class Value extends DisplayData {
    private final String status = "ok";

    Value(DisplayData data) {
      super(data);
    }
  }
}

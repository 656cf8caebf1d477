package odeum.nn;

/** What has networks with names: {@code model.net("f")}. */
public interface Networks {
  /** {@return the network of this name with its present weights, as a function of numbers} */
  NetFunction net(String name);
}

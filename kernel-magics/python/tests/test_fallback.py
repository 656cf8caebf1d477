"""Without a JDK that fits, the kernel answers with what to do."""


def test_each_cell_is_answered(start_kernel, tmp_path):
    kernel = start_kernel(ODEUM_JAVA_HOME=str(tmp_path / "missing"))
    for _ in range(2):
        reply = kernel.run("1 + 1")
        assert reply.status == "error"
        assert str(tmp_path / "missing") in reply.traceback
        assert "odeum install-jdk" in reply.traceback
    assert kernel.manager.is_alive()


def test_an_old_java_is_named(start_kernel, tmp_path):
    java = tmp_path / "jdk-17" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("")
    (tmp_path / "jdk-17" / "release").write_text('JAVA_VERSION="17.0.15"')
    kernel = start_kernel(ODEUM_JAVA_HOME=str(tmp_path / "jdk-17"))
    assert "(17.0.15): too old, 25 or later is needed" in kernel.run("1 + 1").traceback


def test_options_the_jvm_refuses_are_named(start_kernel):
    kernel = start_kernel(ODEUM_JVM_OPTS="-Xmxq")
    shown = kernel.run("1 + 1").traceback
    assert "Invalid maximum heap size: -Xmxq" in shown
    assert "ODEUM_JVM_OPTS is -Xmxq" in shown


def test_it_answers_the_other_requests_and_shuts_down(start_kernel, tmp_path):
    kernel = start_kernel(ODEUM_JAVA_HOME=str(tmp_path))
    client = kernel.client
    assert kernel.answer(client.complete("pri"))["matches"] == []
    assert kernel.answer(client.is_complete("1"))["status"] == "unknown"
    assert kernel.answer(client.history())["history"] == []
    client.shutdown()
    kernel.manager.provisioner.process.wait(timeout=5)

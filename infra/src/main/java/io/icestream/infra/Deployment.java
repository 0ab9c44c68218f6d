/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import io.icestream.infra.access.PipelineTables;
import io.icestream.infra.access.Readiness;
import io.icestream.infra.access.TopicDeclaration;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.KafkaSettings.Kind;
import io.icestream.infra.stack.ControllerStack;
import io.icestream.infra.stack.JobsStack;
import io.icestream.infra.stack.LakeStack;
import io.icestream.infra.stack.NetworkStack;
import io.icestream.infra.stack.ProducersStack;
import io.icestream.infra.stack.StreamStack;
import io.icestream.infra.stack.TopicsStack;
import io.icestream.infra.stack.WatchStack;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Tags;

/** The stacks of a deployment, in the order in which they need each other. */
final class Deployment {
  private final List<Stack> stacks = new ArrayList<>();

  /**
   * @param app what the stacks are added to
   * @param settings the deployment
   * @throws io.icestream.model.PipelineFileException if a pipeline file is wrong
   * @throws io.icestream.infra.access.UnfitPipelineException if one cannot be deployed
   */
  Deployment(App app, AwsEnvironment settings) {
    List<PipelineDefinition> pipelines =
        settings.pipelines().stream().map(PipelineParser::read).toList();
    Readiness.require(pipelines, settings.lake().catalog());
    List<TopicDeclaration> topics =
        TopicDeclaration.of(pipelines, settings.kafka(), settings.producers());
    NetworkStack network = add(new NetworkStack(app, settings));
    LakeStack lake =
        add(new LakeStack(app, settings, pipelines.stream().map(PipelineTables::of).toList()));
    StreamStack stream = add(new StreamStack(app, settings, network, topics));
    JobsStack jobs = add(new JobsStack(app, settings, network, lake, stream, pipelines));
    if (settings.jobs().jar().isPresent()) {
      WatchStack watch = add(new WatchStack(app, settings, jobs, pipelines, topics));
      ControllerStack controller = new ControllerStack(app, settings, lake, jobs, watch);
      if (settings.kafka().kind() == Kind.SERVERLESS) {
        // No job starts before its topics are there
        controller
            .getNode()
            .addDependency(add(new TopicsStack(app, settings, network, stream, topics)));
      }
      add(controller);
    }
    if (!settings.producers().all().isEmpty()) {
      add(new ProducersStack(app, settings, network, lake, stream));
    }
    Tags.of(app).add("icestream:stage", settings.place().stage());
  }

  /** All stacks, each after those that it needs. */
  List<Stack> stacks() {
    return Collections.unmodifiableList(stacks);
  }

  private <S extends Stack> S add(S stack) {
    stacks.add(stack);
    return stack;
  }
}

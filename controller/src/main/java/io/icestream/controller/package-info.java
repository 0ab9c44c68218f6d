/**
 * The controller: a Lambda function that starts, watches, restarts and upgrades the streaming jobs
 * of a deployment. {@code decide} says what is to be done, {@code aws} reaches the services; this
 * package puts them together. Nothing here knows the CDK, Spark or the pipeline file.
 */
package io.icestream.controller;

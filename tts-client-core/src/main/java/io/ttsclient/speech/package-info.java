/** What an application says and hears: requests, options, streams of audio, timings and reports. */
package io.ttsclient.speech;

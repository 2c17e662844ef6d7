package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fairlead.exchange.Suspension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

/** Suspensions by the Servlet API's asynchronous processing: each is resumed or cancelled, once, whatever happens. */
class AsyncSuspensionsTest {
    private final AsyncSuspensions suspensions = new AsyncSuspensions();
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final AsyncContext context = mock(AsyncContext.class);
    private final List<String> calls = new ArrayList<>();
    private AsyncSuspensions.Held held;

    private final Suspension suspension = new Suspension() {
        @Override
        public boolean resume() {
            calls.add("resumed");
            return true;
        }

        @Override
        public void cancel() {
            calls.add("cancelled");
        }
    };

    @BeforeEach
    void suspend() {
        HttpServletMapping mapping = mock(HttpServletMapping.class);
        when(mapping.getMappingMatch()).thenReturn(MappingMatch.DEFAULT);
        when(mapping.getPattern()).thenReturn("/");
        when(request.getHttpServletMapping()).thenReturn(mapping);
        when(request.isAsyncSupported()).thenReturn(true);
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(request.startAsync()).thenReturn(context);
        for (int i = 0; i < SuspensionPolicy.MAX_WAITING_THREADS; i++) {
            suspensions.policy().begins();
        }
        held = suspensions.begin(request, suspension).orElseThrow();
    }

    /** The container's dispatch of the request. */
    private void arrive() throws IOException {
        ArgumentCaptor<Object> attribute = ArgumentCaptor.captor();
        verify(request).setAttribute(anyString(), attribute.capture());
        when(request.getAttribute(anyString())).thenReturn(attribute.getValue());
        when(request.getDispatcherType()).thenReturn(DispatcherType.ASYNC);
        assertThat(suspensions.resume(request)).isTrue();
    }

    private void happen(String step) throws IOException {
        switch (step) {
            case "member responds" -> held.run();
            case "dispatch arrives" -> arrive();
            case "client leaves" -> held.leave();
            case "container reports an error" -> held.onError(mock(AsyncEvent.class));
            case "container completes" -> held.onComplete(mock(AsyncEvent.class));
            case "application stops" -> suspensions.close();
            default -> throw new IllegalArgumentException(step);
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @CsvSource(textBlock = """
                    member responds, dispatch arrives, container completes, resumed
                    member responds, dispatch arrives, container reports an error, resumed
                    member responds, dispatch arrives, client leaves, resumed
                    member responds, container reports an error, container completes, cancelled
                    member responds, container completes, client leaves, cancelled
                    member responds, client leaves, dispatch arrives, cancelled
                    member responds, application stops, dispatch arrives, cancelled
                    client leaves, member responds, container completes, cancelled
                    container reports an error, member responds, container completes, cancelled
                    application stops, member responds, client leaves, cancelled
                    """)
    void aSuspensionIsSettledOnce(String first, String second, String third, String expected) throws IOException {
        happen(first);
        happen(second);
        happen(third);
        assertThat(calls).containsExactly(expected);
    }

    @Test
    void aDispatchThatTheContainerRefusesCancelsTheWait() {
        doThrow(new IllegalStateException("no longer asynchronous"))
                .when(context)
                .dispatch(anyString());
        held.run();
        assertThat(calls).containsExactly("cancelled");
        verify(context, never()).complete();
    }

    @Test
    void aRequestWhoseDispatchIsOnItsWayIsNotCompletedAsWell() {
        held.run();
        held.leave();
        verify(context, times(1)).dispatch(anyString());
        verify(context, never()).complete();
    }

    @Test
    void aRequestWhoseClientHasLeftIsCompletedAndNotDispatched() {
        held.leave();
        held.run();
        verify(context).complete();
        verify(context, never()).dispatch(anyString());
        verify(context).addListener(any(AsyncSuspensions.Held.class));
    }
}

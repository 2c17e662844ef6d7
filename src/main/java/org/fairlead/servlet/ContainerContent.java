package org.fairlead.servlet;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.fairlead.runtime.Generation;

/** The web application's own content, served for a path that no rule proxies. */
final class ContainerContent {
    private ContainerContent() {}

    /** Calls the container's default servlet; without one the response is 404. */
    static void serve(
            Generation generation, ServletExchange exchange, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RequestDispatcher content = request.getServletContext().getNamedDispatcher("default");
        if (content == null) {
            generation.engine().answerNotFound(exchange);
        } else {
            content.forward(request, response);
        }
    }
}

/** Auto-configuration of Spring Boot: proxies from {@code fairlead.*} properties, their health, meters and endpoint. */
package org.fairlead.spring;

package pollux.config;

import java.util.Set;

/**
 * Names of nginx's own modules, up to 1.29 and back to what it has dropped, that neither a row nor
 * {@link NginxDirectives#MISSING} names: whoever writes one has not misspelt anything. A name may stay here when a row for it
 * is added: rows come first.
 */
final class NginxNames {
    private static final Set<String> FURTHER = Set.of("""
            acme_certificate acme_issuer acme_shared_zone
            auth_http_header auth_http_pass_client_cert auth_http_timeout auth_jwt_claim_set auth_jwt_header_set
            auth_jwt_key_cache auth_jwt_key_file auth_jwt_key_request auth_jwt_leeway auth_jwt_require
            auth_jwt_type auth_oidc auth_require degradation degrade devpoll_changes devpoll_events early_hints
            epoll_events eventport_events f4f f4f_buffer_size fastcgi_cache_purge grpc_ssl_certificate_cache
            grpc_ssl_key_log gzip_hash gzip_no_buffer gzip_window health_check health_check_timeout hls
            hls_buffers hls_forward_args hls_fragment hls_mp4_buffer_size hls_mp4_max_buffer_size
            http2_idle_timeout http2_max_field_size http2_max_header_size http2_max_requests http2_pool_size
            http2_recv_buffer_size http2_recv_timeout http2_streams_index_size http3_hq
            http3_max_concurrent_streams http3_stream_buffer_size imap_auth imap_capabilities imap_client_buffer
            internal_redirect iocp_threads js_access js_body_filter js_context_reuse js_engine
            js_fetch_buffer_size js_fetch_ciphers js_fetch_keepalive js_fetch_max_response_buffer_size
            js_fetch_protocols js_fetch_proxy js_fetch_timeout js_fetch_trusted_certificate js_fetch_verify
            js_fetch_verify_depth js_filter js_header_filter js_include js_path js_periodic js_preload_object
            js_preread js_shared_dict_zone js_var keepalive_disable keepalive_min_timeout keyval keyval_zone
            kqueue_changes kqueue_events least_time max_errors max_headers memcached_next_upstream_timeout
            memcached_next_upstream_tries memcached_socket_keepalive mgmt num_map oidc_provider
            open_file_cache_events optimize_server_names otel_exporter otel_resource_attr otel_service_name
            otel_span_attr otel_span_name otel_trace otel_trace_context pass poll_events pop3_auth
            pop3_capabilities post_action postpone_gzipping preread_buffer_size preread_timeout protocol
            proxy_allow_upstream proxy_buffer proxy_download_rate proxy_half_close proxy_pass_error_message
            proxy_pass_trailers proxy_protocol proxy_protocol_timeout proxy_request_dynamic proxy_requests
            proxy_responses proxy_session_drop proxy_smtp_auth proxy_ssl proxy_ssl_certificate_cache
            proxy_ssl_key_log proxy_timeout proxy_upload_rate queue quic_active_connection_id_limit quic_bpf
            quic_gso quic_host_key quic_retry restrict_host_names rtsig_overflow_events rtsig_overflow_test
            rtsig_overflow_threshold rtsig_signo scgi_bind scgi_busy_buffers_size scgi_cache_background_update
            scgi_cache_bypass scgi_cache_key scgi_cache_lock scgi_cache_lock_age scgi_cache_lock_timeout
            scgi_cache_max_range_offset scgi_cache_methods scgi_cache_min_uses scgi_cache_path scgi_cache_purge
            scgi_cache_revalidate scgi_cache_use_stale scgi_cache_valid scgi_force_ranges
            scgi_ignore_client_abort scgi_limit_rate scgi_max_temp_file_size scgi_next_upstream
            scgi_next_upstream_timeout scgi_next_upstream_tries scgi_no_cache scgi_pass_request_body
            scgi_pass_request_headers scgi_request_buffering scgi_socket_keepalive scgi_store_access
            scgi_temp_file_write_size session_log session_log_format session_log_zone smtp_auth
            smtp_capabilities smtp_client_buffer smtp_greeting_delay spdy_chunk_size spdy_headers_comp
            spdy_keepalive_timeout spdy_max_concurrent_streams spdy_pool_size spdy_recv_buffer_size
            spdy_recv_timeout spdy_streams_index_size ssi_ignore_recycled_buffers ssl_certificate_cache
            ssl_certificate_compression ssl_ech_file ssl_handshake_timeout ssl_key_log ssl_name
            ssl_object_cache_inheritable ssl_session_reuse ssl_verify starttls state status status_format
            thread_stack_size timeout uninitialized_variable_warn upstream_conf uwsgi_bind
            uwsgi_busy_buffers_size uwsgi_cache_background_update uwsgi_cache_bypass uwsgi_cache_key
            uwsgi_cache_lock uwsgi_cache_lock_age uwsgi_cache_lock_timeout uwsgi_cache_max_range_offset
            uwsgi_cache_methods uwsgi_cache_min_uses uwsgi_cache_path uwsgi_cache_purge uwsgi_cache_revalidate
            uwsgi_cache_use_stale uwsgi_cache_valid uwsgi_force_ranges uwsgi_ignore_client_abort
            uwsgi_limit_rate uwsgi_max_temp_file_size uwsgi_next_upstream uwsgi_next_upstream_timeout
            uwsgi_next_upstream_tries uwsgi_no_cache uwsgi_pass_request_body uwsgi_pass_request_headers
            uwsgi_request_buffering uwsgi_socket_keepalive uwsgi_ssl_certificate uwsgi_ssl_certificate_cache
            uwsgi_ssl_certificate_key uwsgi_ssl_ciphers uwsgi_ssl_conf_command uwsgi_ssl_crl uwsgi_ssl_key_log
            uwsgi_ssl_name uwsgi_ssl_password_file uwsgi_ssl_protocols uwsgi_ssl_server_name
            uwsgi_ssl_session_reuse uwsgi_ssl_trusted_certificate uwsgi_ssl_verify uwsgi_ssl_verify_depth
            uwsgi_store_access uwsgi_string uwsgi_temp_file_write_size worker_rlimit_sigpending worker_threads
            xclient zone_sync zone_sync_buffers zone_sync_connect_retry_interval zone_sync_connect_timeout
            zone_sync_interval zone_sync_recv_buffer_size zone_sync_server zone_sync_ssl
            zone_sync_ssl_certificate zone_sync_ssl_certificate_key zone_sync_ssl_ciphers
            zone_sync_ssl_conf_command zone_sync_ssl_crl zone_sync_ssl_name zone_sync_ssl_password_file
            zone_sync_ssl_protocols zone_sync_ssl_server_name zone_sync_ssl_trusted_certificate
            zone_sync_ssl_verify zone_sync_ssl_verify_depth zone_sync_timeout
            """.strip().split("\\s+"));

    /** Blocks whose content is nginx's too, of a kind that rows here say nothing about. */
    private static final Set<String> FOREIGN_BLOCKS =
            Set.of("mail", "stream", "upstream", "mgmt", "oidc_provider", "acme_issuer", "otel_exporter");

    /** Blocks whose content is names and values, not directives. */
    private static final Set<String> PARAMETER_BLOCKS =
            Set.of("charset_map", "geo", "map", "match", "num_map", "split_clients", "types");

    private NginxNames() {}

    /** Whether nginx has, or had, a directive of this name; asked when there is no row. */
    static boolean has(String name) {
        return NginxDirectives.MISSING.contains(name) || FURTHER.contains(name);
    }

    static boolean isForeignBlock(String name) {
        return FOREIGN_BLOCKS.contains(name);
    }

    static boolean isParameterBlock(String name) {
        return PARAMETER_BLOCKS.contains(name);
    }
}

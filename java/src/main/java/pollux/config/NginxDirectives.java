package pollux.config;

import java.util.Set;

/**
 * nginx's directives that do nothing here. Some tune machinery that Pollux does not have and are accepted, so that nginx's
 * files can be read; the others would change what a client gets, and are refused by name.
 */
final class NginxDirectives {
    /** Refused: what a client gets would differ. */
    static final Set<String> MISSING = Set.of("""
            add_after_body add_before_body addition_types ancient_browser
            ancient_browser_value api auth_delay auth_http auth_jwt auth_request
            auth_request_set break env fastcgi_bind
            fastcgi_buffer_size fastcgi_buffering fastcgi_buffers fastcgi_busy_buffers_size fastcgi_cache
            fastcgi_cache_background_update fastcgi_cache_bypass fastcgi_cache_key fastcgi_cache_lock
            fastcgi_cache_lock_age fastcgi_cache_lock_timeout fastcgi_cache_max_range_offset
            fastcgi_cache_methods fastcgi_cache_min_uses fastcgi_cache_path fastcgi_cache_revalidate
            fastcgi_cache_use_stale fastcgi_cache_valid fastcgi_catch_stderr fastcgi_connect_timeout
            fastcgi_force_ranges fastcgi_hide_header fastcgi_ignore_client_abort fastcgi_ignore_headers
            fastcgi_index fastcgi_intercept_errors fastcgi_keep_conn fastcgi_limit_rate
            fastcgi_max_temp_file_size fastcgi_next_upstream fastcgi_next_upstream_timeout
            fastcgi_next_upstream_tries fastcgi_no_cache fastcgi_param fastcgi_pass fastcgi_pass_header
            fastcgi_pass_request_body fastcgi_pass_request_headers fastcgi_read_timeout
            fastcgi_request_buffering fastcgi_send_lowat fastcgi_send_timeout fastcgi_socket_keepalive
            fastcgi_split_path_info fastcgi_store fastcgi_store_access fastcgi_temp_file_write_size
            flv geo geoip_city geoip_country geoip_org geoip_proxy geoip_proxy_recursive
            google_perftools_profiles grpc_bind grpc_buffer_size grpc_connect_timeout grpc_hide_header
            grpc_ignore_headers grpc_intercept_errors grpc_next_upstream grpc_next_upstream_timeout
            grpc_next_upstream_tries grpc_pass grpc_pass_header grpc_read_timeout grpc_send_timeout
            grpc_set_header grpc_socket_keepalive grpc_ssl_certificate grpc_ssl_certificate_key grpc_ssl_ciphers
            grpc_ssl_conf_command grpc_ssl_crl grpc_ssl_name grpc_ssl_password_file grpc_ssl_protocols
            grpc_ssl_server_name grpc_ssl_session_reuse grpc_ssl_trusted_certificate grpc_ssl_verify
            grpc_ssl_verify_depth gunzip gunzip_buffers hash http2 http2_body_preread_size
            http2_chunk_size http2_max_concurrent_pushes http2_max_concurrent_streams http2_push
            http2_push_preload http3 if image_filter image_filter_buffer image_filter_interlace
            image_filter_jpeg_quality image_filter_sharpen image_filter_transparency image_filter_webp_quality
            ip_hash js_content js_import js_set keepalive least_conn limit_conn limit_conn_dry_run
            limit_conn_log_level limit_conn_status limit_conn_zone limit_req
            limit_req_dry_run limit_req_log_level limit_req_status limit_req_zone limit_zone
            mail map match memcached_bind memcached_buffer_size memcached_connect_timeout
            memcached_gzip_flag memcached_next_upstream memcached_pass memcached_read_timeout
            memcached_send_timeout mirror mirror_request_body modern_browser
            modern_browser_value mp4 mp4_buffer_size mp4_limit_rate mp4_limit_rate_after mp4_max_buffer_size
            mp4_start_key_frame ntlm perl perl_modules perl_require perl_set proxy_bind
            proxy_buffer_size proxy_buffering proxy_buffers proxy_busy_buffers_size proxy_cache
            proxy_cache_background_update proxy_cache_bypass proxy_cache_convert_head proxy_cache_key
            proxy_cache_lock proxy_cache_lock_age proxy_cache_lock_timeout proxy_cache_max_range_offset
            proxy_cache_methods proxy_cache_min_uses proxy_cache_path proxy_cache_purge proxy_cache_revalidate
            proxy_cache_use_stale proxy_cache_valid proxy_connect_timeout proxy_cookie_domain proxy_cookie_flags
            proxy_cookie_path proxy_force_ranges proxy_headers_hash_bucket_size proxy_headers_hash_max_size
            proxy_hide_header proxy_http_version proxy_ignore_client_abort proxy_ignore_headers
            proxy_intercept_errors proxy_limit_rate proxy_max_temp_file_size proxy_method proxy_next_upstream
            proxy_next_upstream_timeout proxy_next_upstream_tries proxy_no_cache proxy_pass proxy_pass_header
            proxy_pass_request_body proxy_pass_request_headers proxy_read_timeout proxy_redirect
            proxy_request_buffering proxy_send_lowat proxy_send_timeout proxy_set_body proxy_set_header
            proxy_socket_keepalive proxy_ssl_certificate proxy_ssl_certificate_key proxy_ssl_ciphers
            proxy_ssl_conf_command proxy_ssl_crl proxy_ssl_name proxy_ssl_password_file proxy_ssl_protocols
            proxy_ssl_server_name proxy_ssl_session_reuse proxy_ssl_trusted_certificate proxy_ssl_verify
            proxy_ssl_verify_depth proxy_store proxy_store_access proxy_temp_file_write_size             random real_ip_header real_ip_recursive referer_hash_bucket_size referer_hash_max_size
            resolver resolver_timeout rewrite rewrite_log scgi_buffer_size scgi_buffering scgi_buffers
            scgi_cache scgi_connect_timeout scgi_hide_header scgi_ignore_headers scgi_intercept_errors
            scgi_param scgi_pass scgi_pass_header scgi_read_timeout scgi_send_timeout scgi_store             secure_link secure_link_md5 secure_link_secret set set_real_ip_from slice             split_clients ssi ssi_last_modified ssi_min_file_chunk ssi_silent_errors ssi_types ssi_value_length
            ssl ssl_alpn ssl_certificate ssl_certificate_key ssl_client_certificate
            ssl_conf_command ssl_crl ssl_dhparam ssl_early_data ssl_engine ssl_ocsp
            ssl_ocsp_cache ssl_ocsp_responder ssl_password_file ssl_preread
            ssl_reject_handshake ssl_session_ticket_key
            ssl_stapling ssl_stapling_file ssl_stapling_responder ssl_stapling_verify
            ssl_trusted_certificate ssl_verify_client ssl_verify_depth status_zone sticky stream stub_status
            sub_filter sub_filter_last_modified sub_filter_once sub_filter_types subrequest_output_buffer_size
            upstream userid userid_domain userid_expires userid_flags userid_mark userid_name userid_p3p
            userid_path userid_service uwsgi_buffer_size uwsgi_buffering uwsgi_buffers uwsgi_cache
            uwsgi_connect_timeout uwsgi_hide_header uwsgi_ignore_headers uwsgi_intercept_errors uwsgi_modifier1
            uwsgi_modifier2 uwsgi_param uwsgi_pass uwsgi_pass_header uwsgi_read_timeout uwsgi_send_timeout
            uwsgi_store valid_referers xml_entities xslt_last_modified xslt_param
            xslt_string_param xslt_stylesheet xslt_types zone
            """.strip().split("\\s+"));

    private static final String PROCESSES = "nginx's processes are made otherwise than Pollux's";
    private static final String HASHES = "tables are as large as they must be";
    private static final String BUFFERS = "Pollux moves bytes otherwise";
    private static final String NO_GZIP = "answers are not compressed";
    private static final String NO_TLS = "no address has TLS";

    private NginxDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        addMain(rows);
        addHashes(rows);
        addBuffers(rows);
        addGzip(rows);
        addTls(rows);
    }

    private static void addMain(DirectiveTable.Rows rows) {
        rows.noEffect(
                "load_module",
                "nothing is loaded; what modules bring is refused where it is written",
                Context.ONLY_MAIN,
                Arity.ONE,
                NginxDirectives::loadModule);
        rows.noEffect("debug_points", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.word("stop", "abort"));
        rows.noEffect("lock_file", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.text());
        rows.noEffect("master_process", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.flag());
        rows.noEffect("pcre_jit", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.flag());
        rows.noEffect("thread_pool", PROCESSES, Context.ONLY_MAIN, new Arity(2, 3), IgnoredValues::threadPool);
        rows.noEffect("timer_resolution", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.millis());
        rows.noEffect(
                "worker_cpu_affinity", PROCESSES, Context.ONLY_MAIN, Arity.AT_LEAST_ONE, IgnoredValues.affinity());
        rows.noEffect("worker_priority", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.priority());
        rows.noEffect("worker_rlimit_core", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.offset());
        rows.noEffect("working_directory", PROCESSES, Context.ONLY_MAIN, Arity.ONE, IgnoredValues.text());
        rows.noEffect("accept_mutex", PROCESSES, Context.ONLY_EVENTS, Arity.ONE, IgnoredValues.flag());
        rows.noEffect("accept_mutex_delay", PROCESSES, Context.ONLY_EVENTS, Arity.ONE, IgnoredValues.millis());
        rows.noEffect("debug_connection", PROCESSES, Context.ONLY_EVENTS, Arity.ONE, IgnoredValues::debugConnection);
        rows.noEffect("worker_aio_requests", PROCESSES, Context.ONLY_EVENTS, Arity.ONE, IgnoredValues.number());
    }

    private static void addHashes(DirectiveTable.Rows rows) {
        rows.noEffect("server_names_hash_bucket_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
        rows.noEffect("server_names_hash_max_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
        rows.noEffect(
                "types_hash_bucket_size", HASHES, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.number());
        rows.noEffect("types_hash_max_size", HASHES, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.number());
        rows.noEffect("variables_hash_bucket_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
        rows.noEffect("variables_hash_max_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
        rows.noEffect("map_hash_bucket_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
        rows.noEffect("map_hash_max_size", HASHES, Context.ONLY_HTTP, Arity.ONE, IgnoredValues.number());
    }

    private static void addBuffers(DirectiveTable.Rows rows) {
        rows.noEffect("aio", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.aio());
        rows.noEffect(
                "client_body_in_single_buffer", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.flag());
        rows.noEffect("connection_pool_size", BUFFERS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.poolSize());
        rows.noEffect("directio", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.sizeOrOff());
        rows.noEffect("directio_alignment", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.offset());
        rows.noEffect("log_subrequest", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.flag());
        rows.noEffect(
                "output_buffers", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.exactly(2), IgnoredValues.buffers());
        rows.noEffect("postpone_output", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.size());
        rows.noEffect("read_ahead", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.size());
        rows.noEffect("request_pool_size", BUFFERS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.poolSize());
        rows.noEffect("send_lowat", BUFFERS, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.size());
    }

    /**
     * Answers are those that nginx gives to clients that do not ask for compression: nobody is served wrongly, and who wrote
     * it is warned. Only {@code gzip_static always} would answer with other content, and is refused.
     */
    private static void addGzip(DirectiveTable.Rows rows) {
        rows.nginx(
                "gzip",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Compression: there is none, and on is passed over with a warning.",
                Setters.once(new Key<>(null), (scope, directive) -> {
                    if (Setters.readFlag(directive)) {
                        scope.loading().passOver(directive, NO_GZIP);
                    }
                    return true;
                }));
        rows.nginx(
                "gzip_static",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether file.gz is sent for file to who takes it: never, and on is passed over with a warning.",
                Setters.once(new Key<>(null), (scope, directive) -> gzipStatic(scope, directive)));
        rows.noEffect("gzip_buffers", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.exactly(2), IgnoredValues.buffers());
        rows.noEffect("gzip_comp_level", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.between(1, 9));
        rows.noEffect(
                "gzip_disable", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.AT_LEAST_ONE, IgnoredValues::gzipDisable);
        rows.noEffect(
                "gzip_http_version",
                NO_GZIP,
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                IgnoredValues.word("1.0", "1.1"));
        rows.noEffect("gzip_min_length", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.size());
        rows.noEffect(
                "gzip_proxied",
                NO_GZIP,
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                IgnoredValues.words(
                        "off",
                        "expired",
                        "no-cache",
                        "no-store",
                        "private",
                        "no_last_modified",
                        "no_etag",
                        "auth",
                        "any"));
        rows.noEffect("gzip_types", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.AT_LEAST_ONE);
        rows.noEffect("gzip_vary", NO_GZIP, Context.HTTP_SERVER_LOCATION, Arity.ONE, IgnoredValues.flag());
    }

    /** What tunes TLS tunes nothing where no address has it: {@code ssl} of {@code listen} is refused. */
    private static void addTls(DirectiveTable.Rows rows) {
        rows.noEffect("ssl_buffer_size", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.size());
        rows.noEffect("ssl_ciphers", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.text());
        rows.noEffect("ssl_ecdh_curve", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.text());
        rows.noEffect("ssl_prefer_server_ciphers", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.flag());
        rows.noEffect(
                "ssl_protocols",
                NO_TLS,
                Context.HTTP_SERVER,
                Arity.AT_LEAST_ONE,
                IgnoredValues.words("sslv2", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"));
        rows.noEffect("ssl_session_cache", NO_TLS, Context.HTTP_SERVER, Arity.ONE_OR_TWO);
        rows.noEffect("ssl_session_tickets", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.flag());
        rows.noEffect("ssl_session_timeout", NO_TLS, Context.HTTP_SERVER, Arity.ONE, IgnoredValues.millis());
    }

    private static Boolean gzipStatic(Scope scope, Directive directive) throws ConfException {
        switch (AsciiText.lower(directive.arg(0))) {
            case "off" -> {}
            case "on" -> scope.loading().passOver(directive, NO_GZIP);
            case "always" -> throw directive.lacking("value \"always\" of \"gzip_static\"");
            default -> throw directive.error("invalid value \"" + directive.arg(0) + "\"");
        }
        return true;
    }

    private static void loadModule(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        boolean late = !scope.children(Context.EVENTS).isEmpty()
                || !scope.children(Context.HTTP).isEmpty();
        if (late) {
            throw directive.complaint("is specified too late");
        }
        scope.loading().passOver(directive, "no module is loaded");
    }
}

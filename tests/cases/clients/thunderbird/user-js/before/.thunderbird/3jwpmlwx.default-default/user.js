user_pref("mail.server.default.leave_on_server", true);
user_pref("mail.server.server1.num_days_to_leave_on_server", 3); user_pref("mail.server.server1.delete_by_age_from_server",true);
DROP TABLE appointments.reminders;
DROP TABLE appointments.appointment_events;
DROP TABLE appointments.allocations;
DROP TABLE appointments.appointments;

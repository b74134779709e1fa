DROP TABLE appointments.timers;
DROP TABLE appointments.appointment_events;
DROP TABLE appointments.allocations;
DROP TABLE appointments.appointments;
